package io.auspex.datastore;

import io.auspex.datastore.storage.StorageException;
import io.auspex.yang.InputLimits;
import io.auspex.yang.codec.JsonReader;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.ModelContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The factory settings of a server (RFC 8808): a file of configuration that whoever provisions the machine puts there. */
public final class FactorySettings {
    /** The name of the file. */
    public static final String FILE = "factory-default.json";

    private FactorySettings() {}

    /**
     * The settings in a folder; without a file there are none.
     *
     * @throws StorageException when the file cannot be read or holds no configuration of the model; says what to do
     */
    public static TreeNode in(Path folder, ModelContext model) {
        var file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return TreeNode.empty(model.root());
        }
        try (var in = Files.newInputStream(file)) {
            return new JsonReader(model, InputLimits.DEFAULT)
                    .configurationOnly()
                    .readRoot(in);
        } catch (YangException e) {
            throw new StorageException("the factory settings in " + file + " cannot be used: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new StorageException("the factory settings in " + file + " cannot be read: " + e, e);
        }
    }
}
