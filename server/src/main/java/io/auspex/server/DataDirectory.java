package io.auspex.server;

import io.auspex.datastore.storage.FileLayer;
import io.auspex.datastore.storage.NioFileLayer;
import io.auspex.datastore.storage.WholeFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The layout of a data folder and its version, which the file {@code format} tells; a folder of an older version is upgraded in
 * place.
 *
 * <pre>
 * 1  no file format; a pending confirmed commit in confirmed-commit
 * 2  a pending confirmed commit in datastore/confirmed-commit, beside the journal it belongs to
 * </pre>
 */
final class DataDirectory {
    /** The newest version. */
    static final int VERSION = 2;

    private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);
    private static final String FORMAT = "format";
    private static final String DATASTORE = "datastore";
    private static final String CONFIRMED_COMMIT = "confirmed-commit";
    private static final Pattern TEXT = Pattern.compile("auspex-data (\\d{1,9})\\s*");

    private final Path path;
    private final FileLayer files = new NioFileLayer();

    private DataDirectory(Path path) {
        this.path = path;
    }

    /**
     * Makes a folder ready for use: it is made when it is not there, and upgraded when it is old.
     *
     * @throws CommandException when it is in use or newer than this server
     */
    static DataDirectory open(Path path) throws IOException {
        var directory = new DataDirectory(path);
        directory.files.createFolder(directory.datastore());
        try (var _ = directory.lock()) {
            var found = directory.version();
            if (found < VERSION) {
                directory.upgrade(found);
            }
        }
        return directory;
    }

    /** A folder that is only looked at. */
    static DataDirectory at(Path path) {
        return new DataDirectory(path);
    }

    Path path() {
        return path;
    }

    Path datastore() {
        return path.resolve(DATASTORE);
    }

    Path confirmedCommit() {
        return datastore().resolve(CONFIRMED_COMMIT);
    }

    /**
     * Keeps servers out.
     *
     * @throws CommandException when one uses the folder
     */
    Closeable lock() throws IOException {
        var lock = files.lock(datastore().resolve("lock"));
        if (lock == null) {
            throw new CommandException(path + " is in use by a running server; stop that one, or use another folder");
        }
        return lock;
    }

    /**
     * The version of the layout; 0 of a folder that was never used.
     *
     * @throws CommandException when it is newer than this server knows
     */
    int version() throws IOException {
        var file = path.resolve(FORMAT);
        if (!files.exists(file)) {
            return files.exists(datastore().resolve(FORMAT)) ? 1 : 0;
        }
        var text = Files.readString(file, StandardCharsets.UTF_8);
        var found = TEXT.matcher(text);
        if (!found.matches()) {
            throw new CommandException(file + " says '" + text.strip() + "', expected '"
                    + text(VERSION).strip() + "'; restore the folder from a backup");
        }
        var version = Integer.parseInt(found.group(1));
        if (version > VERSION) {
            throw new CommandException(file + " says version " + version + ", this server knows up to " + VERSION
                    + ": a newer Auspex wrote the folder; start that one, or restore a backup from before");
        }
        return version;
    }

    private static String text(int version) {
        return "auspex-data " + version + "\n";
    }

    /** Each step may be done again after a crash; the version is written when all are done. */
    private void upgrade(int from) throws IOException {
        if (from == 1) {
            var old = path.resolve(CONFIRMED_COMMIT);
            if (files.exists(old)) {
                files.rename(old, confirmedCommit());
                files.syncFolder(datastore());
            }
        }
        WholeFile.write(
                files, path.resolve(FORMAT), out -> out.write(text(VERSION).getBytes(StandardCharsets.UTF_8)));
        if (from > 0) {
            LOG.atInfo()
                    .addKeyValue("folder", path)
                    .addKeyValue("from", from)
                    .addKeyValue("to", VERSION)
                    .log("the data folder was upgraded");
        }
    }
}
