package io.auspex.notifications.subscriptions;

import io.auspex.access.Principal;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.ListKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads what the receivers of a subscription in running are to get, and how they are reached. */
final class SetupReader {
    private static final String RECEIVERS = "ietf-subscribed-notif-receivers";

    private final Targets targets;
    private final Instant boot;
    private final Collection<ReceiverTransport> transports;

    /** @param boot when the server started */
    SetupReader(Targets targets, Instant boot, Collection<ReceiverTransport> transports) {
        this.targets = targets;
        this.boot = boot;
        this.transports = transports;
    }

    /**
     * The receivers by name.
     *
     * @param all the container of the subscriptions, with the receiver instances
     * @param root where both are, and what receivers refer to
     * @throws YangException why the subscription cannot be supported
     */
    Map<String, ReceiverSetup> read(InnerNode subscription, InnerNode all, InnerNode root) throws YangException {
        var id = subscription.value("id").orElseThrow();
        var setups = new TreeMap<String, ReceiverSetup>();
        var receivers = subscription.inner("receivers").flatMap(r -> r.list("receiver"));
        for (var receiver : receivers.orElseThrow(() -> invalid("it has no receiver"))) {
            var name = receiver.value("name").orElseThrow().toString();
            setups.put(name, setup(id, subscription, name, instance(receiver, name, all), root));
        }
        return setups;
    }

    private ReceiverSetup setup(Object id, InnerNode subscription, String name, InnerNode instance, InnerNode root)
            throws YangException {
        var transport = transports.stream()
                .filter(t -> t.reaches(instance))
                .findFirst()
                .orElseThrow(() -> invalid("receiver '" + name + "' is of no transport that this server has"));
        var identity = subscription.value("transport");
        if (identity.isPresent() && !identity.get().toString().equals(transport.identity())) {
            throw invalid(
                    "receiver '" + name + "' is reached by " + transport.identity() + ", not by " + identity.get());
        }
        // A name that no login can have, to which rules can give rights.
        var principal = new Principal("receiver:" + name, Set.of(), "subscription " + id);
        var target = targets.configured(subscription, boot, principal);
        var encoding = TermsReader.encoding(subscription);
        return new ReceiverSetup(
                principal,
                new Terms(
                        target,
                        Targets.time(subscription, "stop-time"),
                        encoding.orElse(""),
                        ModuleVersions.wanted(subscription).orElse(List.of()),
                        Duration.ZERO),
                targets.told(target, principal),
                policies(subscription),
                encoding,
                transport,
                instance,
                transport.references(instance, root));
    }

    private static List<DataNode> policies(InnerNode subscription) {
        var policies = new ArrayList<DataNode>();
        for (var child : subscription.children()) {
            if (!child.schema().name().equals("receivers")) {
                policies.add(child);
            }
        }
        return policies;
    }

    private static InnerNode instance(InnerNode receiver, String name, InnerNode all) throws YangException {
        var reference = receiver.schema()
                .child(RECEIVERS, "receiver-instance-ref")
                .map(receiver::child)
                .orElse(null);
        if (!(reference instanceof LeafNode leaf)) {
            throw invalid("receiver '" + name + "' has no receiver-instance-ref");
        }
        var instances = all.schema().child(RECEIVERS, "receiver-instances").map(all::child);
        return instances
                .filter(InnerNode.class::isInstance)
                .flatMap(i -> ((InnerNode) i).list("receiver-instance"))
                .map(l -> l.entry(ListKey.of(leaf.value())))
                .orElseThrow(() -> invalid("there is no receiver-instance '" + leaf.value() + "'"));
    }

    private static YangException invalid(String why) {
        return new YangException(Failure.INVALID_VALUE, why);
    }
}
