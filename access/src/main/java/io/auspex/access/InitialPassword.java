package io.auspex.access;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;

/**
 * The random password of the first start, in a file that only the server's account may read; the password itself goes
 * nowhere else.
 *
 * @param user its user name
 * @param file where it stands, for the server to name once
 * @param hash what is stored for it
 */
public record InitialPassword(String user, Path file, Secret hash) {
    /** Without letters and digits that look alike: 32 of them, 5 bits each. */
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

    private static final int LETTERS = 26;
    private static final String FILE = "initial-password";
    private static final String USER = "admin";
    private static final int LONGEST_FILE = 1_024;

    /** The password that stands in the data folder, put there by the operator or by the first start; else a new one. */
    public static InitialPassword in(Path dataDirectory) throws IOException {
        var file = dataDirectory.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return create(dataDirectory);
        }
        if (Files.size(file) > LONGEST_FILE) {
            throw new IOException(
                    file + " has more than " + LONGEST_FILE + " bytes; it holds one password on one line");
        }
        return new InitialPassword(
                USER, file, PasswordHash.of(Files.readString(file).strip().getBytes(StandardCharsets.UTF_8)));
    }

    /** Makes a password of 130 random bits for user admin and writes it to {@code initial-password} in the data folder. */
    public static InitialPassword create(Path dataDirectory) throws IOException {
        var random = new SecureRandom();
        var password = new StringBuilder();
        for (var i = 0; i < LETTERS; i++) {
            password.append(i > 0 && i % 5 == 0 ? "-" : "").append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        var bytes = password.toString().getBytes(StandardCharsets.US_ASCII);
        var file = dataDirectory.resolve(FILE);
        var temporary = dataDirectory.resolve("initial-password.tmp");
        Files.deleteIfExists(temporary);
        var onlyOwner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel = FileChannel.open(
                temporary, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), onlyOwner)) {
            var line = java.nio.ByteBuffer.wrap((password + "\n").getBytes(StandardCharsets.US_ASCII));
            while (line.hasRemaining()) {
                channel.write(line);
            }
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return new InitialPassword(USER, file, PasswordHash.of(bytes));
    }
}
