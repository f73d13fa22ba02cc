package io.auspex.notifications.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.datastore.Differences;
import io.auspex.notifications.Events;
import io.auspex.yang.InputLimits;
import io.auspex.yang.codec.JsonReader;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.ModelContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changes that are told together, as they are after dampening (RFC 8641 §3.3). */
class DeltaTest {
    private static final ModelContext MODEL = Events.MODEL;

    private static TreeNode steps(String order) throws YangException {
        var entries = Arrays.stream(order.strip().split(" "))
                .map(n -> "{\"n\":" + n + "}")
                .collect(Collectors.joining(","));
        return new JsonReader(MODEL, InputLimits.DEFAULT)
                .readRoot(("{\"plant:plant\":{\"step\":[" + entries + "]}}").getBytes(UTF_8));
    }

    /** What a receiver makes of an order: each entry goes just after the one before it in the latest order. */
    private static List<String> applied(List<String> order, Delta delta, List<String> latest) {
        var result = new ArrayList<>(order);
        for (var change : delta.changes()) {
            var n = change.path().key().orElseThrow().value(0).toString();
            result.remove(n);
            if (change.after() != null) {
                var at = latest.indexOf(n);
                var place = at == 0 ? 0 : result.indexOf(latest.get(at - 1)) + 1;
                assertThat(at == 0 || place > 0)
                        .as("%s goes next to an entry that is there", n)
                        .isTrue();
                result.add(place, n);
            }
        }
        return result;
    }

    @ParameterizedTest
    @CsvSource({
        "1 2 3, 3 1 2, 2 3 1",
        "1 2 3, 2 3 1, 3 1 2",
        "1 2 3, 9 1 2 3, 8 9 1 2 3",
        "1 2 3, 1 9 2 3, 9 7 1 2",
        "1 2 3, 3, 2 3 1"
    })
    void theirEditsInTheirOrderMakeTheLatestOrder(String first, String second, String third) throws Exception {
        var deltas = new ArrayList<Delta>();
        var states = List.of(first, second, third);
        for (var i = 1; i < states.size(); i++) {
            var before = steps(states.get(i - 1));
            var after = steps(states.get(i));
            deltas.add(new Delta(before, after, Instant.EPOCH, Differences.between(before, after)));
        }
        var latest = List.of(third.split(" "));
        assertThat(applied(List.of(first.split(" ")), Delta.of(deltas), latest)).isEqualTo(latest);
    }
}
