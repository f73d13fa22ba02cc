package io.auspex.datastore.agreement;

import java.util.Optional;
import java.util.stream.Stream;

/** The accepted differences from yanglint 2.1.30, each with its row in {@code docs/reference/validation.md}. */
enum Explained {
    QUALIFIED_STEPS("/val-refs:refs/val-refs:", "accepted", "Invalid instance-identifier"),
    EXPONENT(":5e0", "expected a number", "accepted"),
    HEXADECIMAL("\"0x1F\"", "is no int64", "accepted"),
    LEADING_ZERO("\"08\"", "accepted", "Invalid type int64 value"),
    CLASS_SUBTRACTION("\"class\":", "accepted", "Unsatisfied pattern"),
    TWO_BASES("\"both\":", "is no identity derived from", "accepted"),
    EMPTY_CASE("parameters\":\\{}", "choice parameter is mandatory", "accepted");

    private final String document;
    private final String ours;
    private final String theirs;

    Explained(String document, String ours, String theirs) {
        this.document = document;
        this.ours = ours;
        this.theirs = theirs;
    }

    /** The difference that a document shows. */
    static Optional<Explained> of(String document, String ours, String theirs) {
        return Stream.of(values())
                .filter(e -> document.matches("(?s).*" + e.document + ".*")
                        && ours.contains(e.ours)
                        && theirs.contains(e.theirs))
                .findFirst();
    }
}
