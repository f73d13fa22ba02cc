package io.auspex.notifications.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.access.AccessControl;
import io.auspex.access.Nacm;
import io.auspex.access.Principal;
import io.auspex.datastore.Differences;
import io.auspex.notifications.Events;
import io.auspex.yang.InputLimits;
import io.auspex.yang.codec.JsonReader;
import io.auspex.yang.data.OpaqueNode;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.SchemaNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The edits that one receiver is told of (RFC 8641 §3.5.2), applied as RFC 8072 §2.5 has it. */
class PatchEditsTest {
    private static final ModelContext MODEL = Events.MODEL;
    private static final SchemaNode EDIT = MODEL.notification("ietf-yang-push", "push-change-update")
            .flatMap(n -> n.child("datastore-changes"))
            .flatMap(c -> c.child("yang-patch"))
            .flatMap(p -> p.child("edit"))
            .orElseThrow();

    @Provide
    Arbitrary<List<Integer>> orders() {
        var all = IntStream.rangeClosed(1, 8).boxed().toList();
        return Arbitraries.integers()
                .between(0, 8)
                .flatMap(size -> Arbitraries.shuffle(all).map(order -> List.copyOf(order.subList(0, size))));
    }

    @Provide
    Arbitrary<Set<Integer>> hidden() {
        return Arbitraries.integers().between(1, 8).set().ofMaxSize(5);
    }

    @Property(tries = 300)
    void whatAReceiverSeesBecomesWhatItMaySeeAndWhatStaysIsNotTold(
            @ForAll("orders") List<Integer> first,
            @ForAll("orders") List<Integer> second,
            @ForAll("hidden") Set<Integer> hidden)
            throws Exception {
        var edits = edits(delta(first, second), hidden);
        var seen = visible(first, hidden);
        var seenAfter = visible(second, hidden);
        assertThat(applied(seen, edits)).isEqualTo(seenAfter);
        if (seen.equals(seenAfter)) {
            assertThat(edits).isEmpty();
        }
    }

    @Property(tries = 300)
    void soDoesWhatIsToldTogetherAfterADampening(
            @ForAll("orders") List<Integer> first,
            @ForAll("orders") List<Integer> second,
            @ForAll("orders") List<Integer> third,
            @ForAll("hidden") Set<Integer> hidden)
            throws Exception {
        var edits = edits(Delta.of(List.of(delta(first, second), delta(second, third))), hidden);
        assertThat(applied(visible(first, hidden), edits)).isEqualTo(visible(third, hidden));
    }

    private static Delta delta(List<Integer> first, List<Integer> second) throws YangException {
        var before = steps(first);
        var after = steps(second);
        return new Delta(before, after, Instant.EPOCH, Differences.between(before, after));
    }

    private static List<TreeNode> edits(Delta delta, Set<Integer> hidden) throws YangException {
        var decisions = new AccessControl(rules(hidden), _ -> {}).decisions(new Principal("ann", Set.of(), "a test"));
        return PatchEdits.of(
                delta, new Selection.All(), EDIT, decisions, decisions, OpaqueNode.Encoding.JSON, Set.of());
    }

    private static List<Integer> visible(List<Integer> order, Set<Integer> hidden) {
        return order.stream().filter(n -> !hidden.contains(n)).toList();
    }

    private static TreeNode steps(List<Integer> order) throws YangException {
        var entries = order.stream().map(n -> "{'n':" + n + "}").collect(joining(","));
        var json = "{'plant:plant':{'name':'p','step':[" + entries + "]}}";
        return read(json);
    }

    private static TreeNode read(String json) throws YangException {
        return new JsonReader(MODEL, InputLimits.DEFAULT)
                .readRoot(json.replace('\'', '"').getBytes(UTF_8));
    }

    private static Nacm rules(Set<Integer> hidden) throws YangException {
        var rules = hidden.stream()
                .map(n -> "{'name':'" + n + "','path':'/plant:plant/plant:step[plant:n=`" + n
                        + "`]','access-operations':'read','action':'deny'}")
                .collect(joining(","));
        var nacm = "{'ietf-netconf-acm:nacm':{'groups':{'group':[{'name':'g','user-name':['ann']}]},"
                + "'rule-list':[{'name':'l','group':['g'],'rule':[" + rules + "]}]}}";
        return Nacm.of(
                MODEL,
                new JsonReader(MODEL, InputLimits.DEFAULT)
                        .readRoot(nacm.replace('\'', '"').replace('`', '\'').getBytes(UTF_8)));
    }

    /** The entries after the edits, one after the other; each goes next to an entry that is there. */
    private static List<Integer> applied(List<Integer> order, List<TreeNode> edits) {
        var result = new ArrayList<>(order);
        for (var edit : edits) {
            var target = entry(edit, "target");
            switch (edit.value("operation").orElseThrow().toString()) {
                // Also of an entry that came and went, or went and came, while nothing was told.
                case "delete" -> result.remove(target);
                case "insert" -> {
                    result.remove(target);
                    put(result, target, edit);
                }
                case "move" -> {
                    assertThat(result.remove(target)).isTrue();
                    put(result, target, edit);
                }
                default -> throw new AssertionError(edit);
            }
        }
        return result;
    }

    private static void put(List<Integer> result, Integer target, TreeNode edit) {
        assertThat(result).doesNotContain(target);
        var isFirst = edit.value("where").orElseThrow().toString().equals("first");
        var point = isFirst ? -1 : result.indexOf(entry(edit, "point"));
        assertThat(isFirst || point >= 0).as("%s is there", edit).isTrue();
        result.add(point + 1, target);
    }

    private static Integer entry(TreeNode edit, String leaf) {
        var path = edit.value(leaf).orElseThrow().toString();
        return Integer.valueOf(path.substring(path.indexOf('=') + 1));
    }
}
