package io.auspex.yang.codec;

import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.InstanceIdentifiers;
import io.auspex.yang.schema.InvalidValueException;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModelLoader;
import java.nio.file.Path;
import java.util.List;

/** The project's modules with example-jukebox and rc-test, and paths in them. */
final class TestModel {
    static final ModelContext MODEL = ModelLoader.load(List.of(Path.of("src/test/resources/yang")));

    private TestModel() {}

    static DataPath path(String text) {
        try {
            return text.equals("/")
                    ? DataPath.root(MODEL.root())
                    : InstanceIdentifiers.parse(text, MODEL.root(), MODEL.jsonPrefixes());
        } catch (InvalidValueException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
