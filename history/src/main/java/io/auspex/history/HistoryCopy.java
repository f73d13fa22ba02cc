package io.auspex.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Set;

/** A copy of the embedded history as it is at one moment, made while a server goes on writing it. */
public final class HistoryCopy {
    /** The files of the embedded history in a data folder. */
    public static final Set<String> FILES = Set.of("history.db", "history.db-wal", "history.db-shm");

    private static final String DATABASE = "history.db";

    private HistoryCopy() {}

    /** Whether a data folder has an embedded history. */
    public static boolean exists(Path folder) {
        return Files.exists(folder.resolve(DATABASE));
    }

    /**
     * Copies the history of a data folder into another folder, as one file without a log beside it.
     *
     * @return the copy
     * @throws IOException when the database cannot be read, or is damaged
     */
    public static Path make(Path folder, Path into) throws IOException {
        var copy = into.resolve(DATABASE);
        try (var connection =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(DATABASE) + "?busy_timeout=5000");
                var vacuum = connection.prepareStatement("VACUUM INTO ?")) {
            vacuum.setString(1, copy.toString());
            vacuum.execute();
            return copy;
        } catch (SQLException e) {
            throw new IOException("the history in " + folder + " cannot be copied: " + e.getMessage(), e);
        }
    }
}
