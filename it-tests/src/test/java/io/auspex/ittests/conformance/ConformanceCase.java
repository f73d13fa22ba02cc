package io.auspex.ittests.conformance;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A black-box case: what is sent in which situation, and what an RFC says the answer is.
 *
 * @param requires features and situations that it needs
 * @param fixture {@code base} to restore the fixtures first
 * @param during sent while the event stream of the case is open
 * @param readS how many seconds an event stream is read for at most
 * @param expectEventCount least and most events
 */
record ConformanceCase(
        String id,
        String rfc,
        String section,
        String level,
        String note,
        List<String> requires,
        String fixture,
        List<Step> setup,
        List<Step> during,
        List<Step> then,
        Map<String, String> expectHeaders,
        List<String> expectNoHeaders,
        List<String> expectBodyExcludes,
        boolean expectEmptyBody,
        List<EventCheck> expectEvents,
        List<String> expectNoEventContains,
        List<String> expectLastEventContains,
        List<String> expectOpenEventContains,
        @Nullable List<Integer> expectEventCount,
        boolean expectStreamEnd,
        double readS,
        @JsonUnwrapped Step request) {

    /** What one of the events has to have. */
    record EventCheck(List<String> contains, List<JsonCheck> json) {
        EventCheck {
            contains = listOf(contains);
            json = listOf(json);
        }
    }

    ConformanceCase {
        setup = listOf(setup);
        during = listOf(during);
        then = listOf(then);
        expectHeaders = expectHeaders == null ? Map.of() : Map.copyOf(expectHeaders);
        expectNoHeaders = listOf(expectNoHeaders);
        expectBodyExcludes = listOf(expectBodyExcludes);
        expectEvents = listOf(expectEvents);
        expectNoEventContains = listOf(expectNoEventContains);
        expectLastEventContains = listOf(expectLastEventContains);
        expectOpenEventContains = listOf(expectOpenEventContains);
    }

    private static <T> List<T> listOf(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    boolean needs(String situation) {
        return requires.contains(situation);
    }

    @Override
    public String toString() {
        return id + " " + level + " RFC " + rfc + " §" + section + (note.isEmpty() ? "" : ": " + note);
    }
}
