package io.auspex.packs;

import java.io.Serial;

/** A pack cannot be used; the place counts lines and columns from 1. */
public final class PackException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private static final int WIDEST = 160;

    private final String file;
    private final int line;
    private final int column;

    private PackException(String file, int line, int column, String message) {
        super(message);
        this.file = file;
        this.line = line;
        this.column = column;
    }

    /** A fault at a place of the file, whose line is shown with a caret. */
    static PackException at(PackFile file, Place place, String problem) {
        String line = file.line(place.line());
        int from = Math.max(0, Math.min(place.column() - 1 - WIDEST / 2, line.length() - WIDEST));
        String shown =
                line.substring(from, Math.min(line.length(), from + WIDEST)).replace('\t', ' ');
        return new PackException(
                file.name(),
                place.line(),
                place.column(),
                "%s:%d:%d: %s\n%s\n%s^"
                        .formatted(
                                file.name(),
                                place.line(),
                                place.column(),
                                problem,
                                shown,
                                " ".repeat(Math.max(0, place.column() - 1 - from))));
    }

    /** A fault of the file as a whole. */
    static PackException of(String file, String problem) {
        return new PackException(file, 1, 1, file + ": " + problem);
    }

    public String file() {
        return file;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }
}
