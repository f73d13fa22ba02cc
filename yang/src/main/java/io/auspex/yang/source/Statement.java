package io.auspex.yang.source;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One statement of a module's text (RFC 7950 §6.3).
 *
 * @param argument empty when there is none
 * @param line that it begins in, from 1
 */
record Statement(String keyword, String argument, int line, List<Statement> parts) {
    Stream<Statement> parts(String ofKeyword) {
        return parts.stream().filter(p -> p.keyword().equals(ofKeyword));
    }

    Optional<Statement> part(String ofKeyword) {
        return parts(ofKeyword).findFirst();
    }
}
