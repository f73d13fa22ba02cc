package io.auspex.ittests.conformance;

import io.auspex.datastore.OperationalProvider;
import io.auspex.management.Extension;
import io.auspex.notifications.Notification;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.NodeBuilder;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.SchemaNode;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Set;

/** Handlers of the rpcs and actions of rc-test, its state uptime, and its notification alarm. */
public final class RcTest implements Extension {
    private static final String MODULE = "rc-test";
    private static final int LONGEST_ECHO = 65_536;

    @Override
    public void start(Door door) {
        var model = door.model();
        if (model.module(MODULE).isEmpty()) {
            return;
        }
        var operations = door.operations();
        operations.rpc(MODULE, "ping", (_, _) -> null);
        operations.rpc(MODULE, "echo", (_, input) -> echo(model, input));
        operations.rpc(MODULE, "emit", (_, input) -> {
            var alarm = NodeBuilder.node(
                    model.notification(MODULE, "alarm").orElseThrow(),
                    n -> n.leaf("severity", input.value("severity")).leaf("text", input.value("text")));
            door.streams().find("NETCONF").orElseThrow().publish(new Notification(Instant.now(), alarm));
            return null;
        });
        operations.action(
                "/rc-test:top/entry/bump",
                (_, input) -> NodeBuilder.node(
                        output(action(model, "bump")),
                        o -> o.leaf("now", input.value("by").orElseThrow())));
        operations.action("/rc-test:top/entry/wipe", (_, _) -> null);
        door.provide(new Uptime(model));
    }

    private static InnerNode echo(ModelContext model, InnerNode input) throws YangException {
        var text = input.value("text").orElseThrow().toString();
        var times = input.value("times").map(t -> ((Long) t).intValue()).orElse(1);
        if (text.length() * times > LONGEST_ECHO) {
            throw new YangException(
                    Failure.INVALID_VALUE, "an echo of more than " + LONGEST_ECHO + " characters is not made");
        }
        return NodeBuilder.node(
                output(model.rpc(MODULE, "echo").orElseThrow()), o -> o.leaf("text", text.repeat(times)));
    }

    private static SchemaNode action(ModelContext model, String name) {
        return model.root().child(MODULE, "top").flatMap(t -> t.child("entry")).orElseThrow().operations().stream()
                .filter(o -> o.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static SchemaNode output(SchemaNode operation) {
        return operation.child("output").orElseThrow();
    }

    /** The state container of rc-test: seconds since the process started. */
    private record Uptime(ModelContext model) implements OperationalProvider {
        @Override
        public Set<SchemaNode> roots() {
            return Set.of(model.root().child(MODULE, "top").orElseThrow());
        }

        @Override
        public InnerNode state(InnerNode running) {
            var seconds = ManagementFactory.getRuntimeMXBean().getUptime() / 1_000;
            return NodeBuilder.node(
                    model.root(),
                    root -> root.container(
                            MODULE + ":top",
                            top -> top.container(
                                    "state",
                                    state -> state.leaf("uptime", seconds)
                                            .entry("sample", s -> s.leaf("v", 1L))
                                            .entry("sample", s -> s.leaf("v", 2L)))));
        }

        @Override
        public AutoCloseable feed(Feed feed) {
            return () -> {};
        }
    }
}
