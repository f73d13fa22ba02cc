package io.auspex.datastore;

import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.Choice;
import io.auspex.yang.schema.ChoiceCase;
import io.auspex.yang.schema.DataPath;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Where the changes of a candidate contradict those made in running meanwhile (draft-ietf-netconf-privcand). */
final class Conflicts {
    private final List<Change> own;
    private final List<Change> others;

    Conflicts(List<Change> own, List<Change> others) {
        this.own = own;
        this.others = others;
    }

    /** @throws YangException with one error for each change of the candidate that contradicts one of others */
    void throwIfAny() throws YangException {
        var errors = new ErrorList();
        var theirs = new Touched(others);
        for (var change : own) {
            if (theirs.contradicts(change) && !errors.isFull()) {
                var path = change.path();
                errors.add(YangError.of(
                                Failure.INVALID_CONFIGURATION,
                                path,
                                path + ": was changed in running and, otherwise, in this candidate")
                        .withAppTag("conflict"));
            }
        }
        errors.throwIfAny();
    }

    /** The changes that contradict none of the preferred ones. */
    List<Change> without(List<Change> changes, List<Change> preferred) {
        var touched = new Touched(preferred);
        return changes.stream().filter(c -> !touched.contradicts(c)).toList();
    }

    /** A choice at one place of the tree. */
    private record ChoiceAt(DataPath parent, Choice choice) {}

    /** Changes by path, every path above them, and the cases that they choose. */
    private static final class Touched {
        private final Map<DataPath, Change> changes = new HashMap<>();
        private final Set<DataPath> above = new HashSet<>();
        private final Map<ChoiceAt, ChoiceCase> cases = new HashMap<>();

        Touched(List<Change> all) {
            for (var change : all) {
                changes.put(change.path(), change);
                chosen(change).forEach(c -> cases.put(at(change, c), c));
                for (var at = change.path().parent(); at.isPresent() && above.add(at.get()); ) {
                    at = at.get().parent();
                }
            }
        }

        private static Stream<ChoiceCase> chosen(Change change) {
            return change.after() == null
                    ? Stream.of()
                    : Stream.iterate(
                                    change.path().schema().inCase(),
                                    Optional::isPresent,
                                    c -> c.get().choice().enclosing())
                            .map(Optional::get);
        }

        private static ChoiceAt at(Change change, ChoiceCase chosen) {
            return new ChoiceAt(change.path().parent().orElseThrow(), chosen.choice());
        }

        boolean contradicts(Change change) {
            var same = changes.get(change.path());
            if (same != null) {
                return change.moved() || !Objects.equals(change.after(), same.after());
            }
            return chosen(change).anyMatch(c -> cases.getOrDefault(at(change, c), c) != c)
                    || above.contains(change.path())
                    || change.path().steps().stream().anyMatch(changes::containsKey);
        }
    }
}
