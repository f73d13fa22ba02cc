package io.auspex.server;

import io.auspex.datastore.storage.DataFolder;
import io.auspex.datastore.storage.NioFileLayer;
import io.auspex.datastore.storage.StorageException;
import io.auspex.datastore.storage.WholeFile;
import io.auspex.history.HistoryCopy;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A data folder in one file: a zip whose first entry tells the version of the layout. It holds every edit that was acknowledged
 * before it was begun, and the history as it is at one moment; it is made while the server runs or not.
 */
final class Backup {
    private static final String LABEL = "auspex-backup";
    private static final Pattern LABEL_TEXT = Pattern.compile("auspex-data (\\d{1,9})\\s*");
    private static final String SCRATCH = "backup-in-work-";
    private static final int ATTEMPTS = 20;
    private static final NioFileLayer FILES = new NioFileLayer();

    private Backup() {}

    /**
     * Writes the backup of a folder; for the owner's eyes alone, since it holds passwords and keys.
     *
     * @return how many files it holds
     */
    static int write(DataDirectory data, Path file) throws IOException {
        if (Files.exists(file)) {
            throw new CommandException(file + " is there already; give another name");
        }
        var version = data.version();
        if (version == 0) {
            throw new CommandException(data.path() + " is no data folder of Auspex");
        }
        var count = new int[1];
        for (var attempt = 1; ; attempt++) {
            try {
                WholeFile.write(FILES, file, out -> count[0] = zip(data, version, out, parent(file.toAbsolutePath())));
                return count[0];
            } catch (NoSuchFileException e) {
                // a snapshot has replaced the files that were listed
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static int zip(DataDirectory data, int version, OutputStream out, Path beside) throws IOException {
        var zip = new ZipOutputStream(out);
        zip.putNextEntry(new ZipEntry(LABEL));
        zip.write(("auspex-data " + version + "\n").getBytes(StandardCharsets.UTF_8));
        var copied = new ArrayList<Path>();
        for (var file : DataFolder.listed(FILES, data.datastore())) {
            copy(file, nameOf(data, file), zip);
            copied.add(file);
        }
        // A pending commit after the commits: it must not be missing beside its commit.
        for (var file : others(data)) {
            try {
                copy(file, nameOf(data, file), zip);
                copied.add(file);
            } catch (NoSuchFileException e) {
                // gone meanwhile
            }
        }
        if (HistoryCopy.exists(data.path())) {
            copied.add(history(data, zip, beside));
        }
        zip.finish();
        return copied.size();
    }

    /** @param beside where its copy stands meanwhile: with the backup, so that it takes no space from the journal */
    private static Path history(DataDirectory data, ZipOutputStream zip, Path beside) throws IOException {
        var scratch = Files.createTempDirectory(beside, SCRATCH);
        try {
            var copy = HistoryCopy.make(data.path(), scratch);
            copy(copy, copy.getFileName().toString(), zip);
            return copy;
        } finally {
            delete(scratch);
        }
    }

    /** All but datastore and history, as far as a file is not gone before it is looked at. */
    private static List<Path> others(DataDirectory data) throws IOException {
        var found = new ArrayList<Path>();
        Files.walkFileTree(data.path(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                var name = folder.getFileName().toString();
                return folder.equals(data.datastore()) || name.startsWith(SCRATCH)
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                var name = file.getFileName().toString();
                var isHistory = data.path().equals(file.getParent()) && HistoryCopy.FILES.contains(name);
                if (attributes.isRegularFile() && !isHistory && !name.matches(".*\\.(tmp|part)")) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
        if (Files.isRegularFile(data.confirmedCommit())) {
            found.add(data.confirmedCommit());
        }
        found.sort(null);
        return found;
    }

    private static String nameOf(DataDirectory data, Path file) {
        return data.path().relativize(file).toString().replace('\\', '/');
    }

    private static void copy(Path file, String name, ZipOutputStream zip) throws IOException {
        try (var in = Files.newInputStream(file)) {
            zip.putNextEntry(new ZipEntry(name));
            in.transferTo(zip);
            zip.closeEntry();
        }
    }

    /**
     * Makes a data folder from a backup, whole or not at all.
     *
     * @param replace sets a folder that is there aside, under the name that is returned
     * @return where the former folder is; the folder itself when there was none
     */
    static Path restore(Path backup, Path folder, boolean replace) throws IOException {
        var target = folder.toAbsolutePath().normalize();
        var isThere = Files.exists(target) && !isEmpty(target);
        if (isThere && !replace) {
            throw new CommandException(
                    folder + " is not empty; give --replace to set it aside and restore in its place");
        }
        var restored = target.resolveSibling(target.getFileName() + ".restoring");
        delete(restored);
        extract(backup, restored);
        try {
            DataFolder.check(FILES, DataDirectory.at(restored).datastore());
        } catch (StorageException e) {
            delete(restored);
            throw new CommandException(backup + " cannot be restored: " + e.getMessage());
        }
        var aside = target;
        if (isThere) {
            aside = free(target);
            FILES.createFolder(DataDirectory.at(target).datastore());
            try (var _ = DataDirectory.at(target).lock()) {
                Files.move(target, aside);
            }
        } else {
            Files.deleteIfExists(target);
        }
        FILES.rename(restored, target);
        FILES.syncFolder(parent(target));
        return aside;
    }

    private static Path parent(Path path) {
        var parent = path.getParent();
        if (parent == null) {
            throw new CommandException(path + " cannot be a data folder");
        }
        return parent;
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private static Path free(Path target) {
        for (var i = 1; ; i++) {
            var name = target.resolveSibling(target.getFileName() + ".before-restore-" + i);
            if (!Files.exists(name)) {
                return name;
            }
        }
    }

    private static void extract(Path backup, Path folder) throws IOException {
        try (var zip = new ZipFile(backup.toFile())) {
            checkLabel(backup, zip);
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                var entry = entries.nextElement();
                if (!entry.getName().equals(LABEL)) {
                    extract(zip, entry, folder);
                }
            }
        } catch (ZipException e) {
            throw new CommandException(backup + " is no backup, or a damaged one: " + e.getMessage());
        }
    }

    private static void checkLabel(Path backup, ZipFile zip) throws IOException {
        var label = zip.getEntry(LABEL);
        if (label == null) {
            throw new CommandException(backup + " is no backup of Auspex");
        }
        try (var in = zip.getInputStream(label)) {
            var text = new String(in.readNBytes(100), StandardCharsets.UTF_8);
            var version = LABEL_TEXT.matcher(text);
            if (!version.matches() || Integer.parseInt(version.group(1)) > DataDirectory.VERSION) {
                throw new CommandException(backup + " holds '" + text.strip() + "', this server knows up to version "
                        + DataDirectory.VERSION + "; restore it with the Auspex that made it");
            }
        }
    }

    private static void extract(ZipFile zip, ZipEntry entry, Path folder) throws IOException {
        var file = folder.resolve(entry.getName()).normalize();
        if (!file.startsWith(folder) || entry.isDirectory()) {
            throw new ZipException("an entry is called '" + entry.getName() + "'");
        }
        FILES.createFolder(parent(file));
        var crc = new CRC32();
        try (var in = new CheckedInputStream(zip.getInputStream(entry), crc)) {
            WholeFile.write(FILES, file, in::transferTo);
        }
        if (crc.getValue() != entry.getCrc()) {
            throw new ZipException("the content of " + entry.getName() + " does not have its checksum");
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
