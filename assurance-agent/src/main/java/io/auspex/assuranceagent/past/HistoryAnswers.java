package io.auspex.assuranceagent.past;

import io.auspex.history.GraphAt;
import io.auspex.history.GraphDifference;
import io.auspex.history.GraphDifferences;
import io.auspex.history.History;
import io.auspex.history.HistoryException;
import io.auspex.history.NodeHistory;
import io.auspex.history.NodeKey;
import io.auspex.history.NodeState;
import io.auspex.history.PastSymptom;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.NodeBuilder;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.Identity;
import io.auspex.yang.schema.SchemaNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers what auspex-assurance lets a client ask about the past: {@code graph-at}, {@code graph-difference}, {@code history}. */
public final class HistoryAnswers {
    private static final String SERVICE_TYPE = "ietf-service-assurance:service-instance-type";

    private final History history;
    private final InstantSource clock;
    private final Schema schema;

    /** What the answers are made of: the outputs, and the identity of a name, which may be one of a module that is gone. */
    public interface Schema {
        SchemaNode rpcOutput(String rpc);

        SchemaNode output(String action);

        Optional<Identity> knownIdentity(String name);
    }

    public HistoryAnswers(History history, InstantSource clock, Schema schema) {
        this.history = history;
        this.clock = clock;
        this.schema = schema;
    }

    /** A question to the history. */
    private interface Question<T> {
        T ask() throws HistoryException;
    }

    private static <T> T ask(Question<T> question) throws YangException {
        try {
            return question.ask();
        } catch (HistoryException e) {
            throw new YangException(Failure.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    /** Answers {@code graph-at}. */
    public InnerNode graphAt(InnerNode input) throws YangException {
        Instant time = time(input, "time", clock.instant());
        GraphAt graph = ask(() -> history.graphAt(time));
        Set<NodeKey> wanted = wanted(graph, text(input, "service"), text(input, "instance"));
        return NodeBuilder.node(schema.rpcOutput("graph-at"), o -> {
            o.leaf("version", graph.version());
            if (graph.version() > 0) {
                o.leaf("since", graph.since().toString());
            }
            graph.unreadable().forEach(key -> unreadable(o, key));
            for (NodeState node : graph.nodes()) {
                Optional<Identity> type = schema.knownIdentity(node.key().type());
                if (wanted.contains(node.key()) && type.isPresent()) {
                    o.entry("subservice", s -> {
                        s.leaf("type", type.get()).leaf("id", node.key().id());
                        state(s, node);
                        Integer score = graph.scores().get(node.key());
                        if (score != null) {
                            s.leaf("score", score.longValue());
                        }
                        graph.symptoms()
                                .getOrDefault(node.key(), List.of())
                                .forEach(symptom -> s.entry("symptom", e -> symptom(e, symptom)));
                    });
                }
            }
        });
    }

    private void unreadable(NodeBuilder output, NodeKey key) {
        schema.knownIdentity(key.type())
                .ifPresent(type ->
                        output.entry("unreadable", e -> e.leaf("type", type).leaf("id", key.id())));
    }

    /** What is behind the instances of a service; all where none is named. */
    private static Set<NodeKey> wanted(GraphAt graph, @Nullable String service, @Nullable String instance) {
        Map<NodeKey, NodeState> byKey = new HashMap<>();
        graph.nodes().forEach(node -> byKey.put(node.key(), node));
        if (service == null && instance == null) {
            return byKey.keySet();
        }
        Set<NodeKey> wanted = new HashSet<>();
        ArrayDeque<NodeState> open = new ArrayDeque<>();
        for (NodeState node : graph.nodes()) {
            boolean isOne = node.key().type().equals(SERVICE_TYPE)
                    && (service == null || service.equals(node.parameters().get("service")))
                    && (instance == null || instance.equals(node.parameters().get("instance-name")));
            if (isOne && wanted.add(node.key())) {
                open.add(node);
            }
        }
        while (!open.isEmpty()) {
            for (NodeState.Link link : open.remove().dependencies()) {
                NodeState on = byKey.get(link.on());
                if (on != null && wanted.add(link.on())) {
                    open.add(on);
                }
            }
        }
        return wanted;
    }

    /** Answers {@code graph-difference}. */
    public InnerNode difference(InnerNode input) throws YangException {
        Instant from = time(input, "from", clock.instant());
        Instant to = time(input, "to", clock.instant());
        GraphDifferences found = ask(() -> history.differences(from, to));
        return NodeBuilder.node(schema.rpcOutput("graph-difference"), o -> {
            found.unreadable().forEach(key -> unreadable(o, key));
            for (GraphDifference difference : found.differences()) {
                schema.knownIdentity(difference.key().type())
                        .ifPresent(type -> o.entry("subservice", s -> {
                            s.leaf("type", type).leaf("id", difference.key().id());
                            NodeState before = difference.before();
                            if (before != null) {
                                s.container("before", b -> state(b, before));
                            }
                            NodeState after = difference.after();
                            if (after != null) {
                                s.container("after", a -> state(a, after));
                            }
                        }));
            }
        });
    }

    /** Answers {@code history} of a subservice. */
    public InnerNode of(DataPath target, InnerNode input) throws YangException {
        var key = target.key()
                .orElseThrow(() -> new YangException(
                        Failure.BAD_TARGET, target, target + ": got no key, expected one subservice"));
        Instant to = time(input, "to", clock.instant());
        Instant from = time(input, "from", to.minus(Duration.ofDays(1)));
        int most = input.value("limit").map(v -> ((Number) v).intValue()).orElse(100);
        NodeHistory past = ask(() ->
                history.of(new NodeKey(key.value(0).toString(), key.value(1).toString()), from, to, most));
        return NodeBuilder.node(schema.output("history"), o -> {
            Set<Instant> seen = new HashSet<>();
            for (NodeHistory.ScoreSpan score : past.scores()) {
                if (seen.add(score.since())) {
                    o.entry(
                            "score",
                            s -> s.leaf("since", score.since().toString()).leaf("score", (long) score.score()));
                }
            }
            past.symptoms().forEach(symptom -> o.entry("symptom", s -> symptom(s, symptom)));
            past.values()
                    .forEach(v -> o.entry(
                            "value",
                            e -> e.leaf("at", v.at().toString())
                                    .leaf("metric", v.metric())
                                    .leaf("value", v.value())));
        });
    }

    private void state(NodeBuilder entry, NodeState node) {
        entry.leaf("label", node.label()).leaf("contact", Optional.ofNullable(node.contact()));
        for (NodeState.Link link : node.dependencies()) {
            schema.knownIdentity(link.on().type())
                    .ifPresent(type -> entry.entry(
                            "dependency",
                            d -> d.leaf("type", type).leaf("id", link.on().id()).leaf("dependency-type", link.how())));
        }
    }

    private static void symptom(NodeBuilder entry, PastSymptom symptom) {
        entry.leaf("symptom", symptom.symptomId())
                .leaf("description", symptom.description())
                .leaf("weight", (long) symptom.weight())
                .leaf("since", symptom.start().toString())
                .leaf("until", Optional.ofNullable(symptom.stop()).map(Instant::toString));
    }

    private static @Nullable String text(InnerNode input, String leaf) {
        return input.value(leaf).map(Object::toString).orElse(null);
    }

    private static Instant time(InnerNode input, String leaf, Instant otherwise) throws YangException {
        String text = text(input, leaf);
        try {
            return text == null ? otherwise : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new YangException(
                    Failure.INVALID_VALUE, leaf + " is '" + text + "', expected a date and time that exists");
        }
    }
}
