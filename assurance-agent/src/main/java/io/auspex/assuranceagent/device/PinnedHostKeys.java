package io.auspex.assuranceagent.device;

import io.auspex.netconfsouthbound.HostKeyStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Host keys pinned on first use (RFC 4251 §4.1), kept in a file: a line for each pin, {@code algorithm key device}, and a
 * line {@code - device} for each that was forgotten. Lines are appended and synced by one thread, many at once, so that
 * no session waits for the disk; a line that a crash cut off is dropped at the next start.
 */
final class PinnedHostKeys implements HostKeyStore, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PinnedHostKeys.class);
    private static final String FORGOTTEN = "-";
    private static final String STOP = "";

    private final Path file;
    private final Map<String, String> pins = new ConcurrentHashMap<>();
    private final Map<String, String> seen = new ConcurrentHashMap<>();
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Thread writer;

    /** @throws UncheckedIOException where the file cannot be read or written */
    PinnedHostKeys(Path file) {
        this.file = file;
        try {
            load();
            rewrite();
        } catch (IOException e) {
            throw new UncheckedIOException("pinned host keys in " + file + ": " + e.getMessage(), e);
        }
        writer = Thread.ofPlatform().name("host-keys").daemon().start(this::write);
    }

    @Override
    public Optional<String> pinned(String device) {
        return Optional.ofNullable(pins.get(device));
    }

    @Override
    public void pin(String device, String openSshKey) {
        pins.put(device, openSshKey);
        lines.add(openSshKey + " " + escaped(device) + "\n");
    }

    @Override
    public void seen(String device, String openSshKey) {
        seen.put(device, openSshKey);
    }

    /** The fingerprint of the key that the device last showed or, since the start, was not asked for yet; as {@code SHA256:…}. */
    Optional<String> fingerprintSeen(String device) {
        return Optional.ofNullable(seen.get(device)).or(() -> pinned(device)).map(PinnedHostKeys::fingerprint);
    }

    private static String fingerprint(String openSshKey) {
        try {
            byte[] key = Base64.getDecoder().decode(openSshKey.split(" ", 3)[1]);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key);
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Forgets the key of a device that left the inventory. */
    void forget(String device) {
        seen.remove(device);
        if (pins.remove(device) != null) {
            lines.add(FORGOTTEN + " " + escaped(device) + "\n");
        }
    }

    /** Writes what is not written yet. */
    @Override
    public void close() {
        lines.add(STOP);
        try {
            writer.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void load() throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        String text = Files.readString(file, StandardCharsets.UTF_8);
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).split("\n")) {
            String[] parts = line.split(" ", 3);
            if (parts.length >= 2 && parts[0].equals(FORGOTTEN)) {
                pins.remove(unescaped(line.substring(2)));
            } else if (parts.length == 3) {
                pins.put(unescaped(parts[2]), parts[0] + " " + parts[1]);
            } else if (!line.isBlank()) {
                throw new IOException("expected 'algorithm key device', got '" + line + "'");
            }
        }
    }

    /** Leaves the lines that count, in a new file that takes the place of the old one. */
    private void rewrite() throws IOException {
        StringBuilder text = new StringBuilder();
        pins.forEach((device, key) ->
                text.append(key).append(' ').append(escaped(device)).append('\n'));
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            writeAll(channel, text.toString());
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private void write() {
        boolean intact = true;
        boolean stop = false;
        while (!stop) {
            try {
                StringBuilder batch = new StringBuilder();
                for (String line = lines.take(); line != null; line = lines.poll()) {
                    batch.append(line);
                    stop |= line.equals(STOP);
                }
                if (intact) {
                    append(batch.toString());
                } else {
                    rewrite();
                }
                intact = true;
            } catch (IOException e) {
                intact = false;
                LOG.atError().setCause(e).addKeyValue("file", file).log("pinned host keys could not be written");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void append(String text) throws IOException {
        if (!text.isEmpty()) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
                writeAll(channel, text);
            }
        }
    }

    private static void writeAll(FileChannel channel, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(true);
    }

    /** A name of a device may have line breaks. */
    private static String escaped(String device) {
        return device.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    private static String unescaped(String text) {
        StringBuilder device = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                char next = text.charAt(++i);
                device.append(next == 'n' ? '\n' : next == 'r' ? '\r' : next);
            } else {
                device.append(c);
            }
        }
        return device.toString();
    }
}
