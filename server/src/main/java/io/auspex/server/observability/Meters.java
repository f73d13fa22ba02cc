package io.auspex.server.observability;

import io.auspex.access.AccessControl;
import io.auspex.access.Audit;
import io.auspex.access.AuditEvent;
import io.auspex.assuranceagent.AssuranceAgent;
import io.auspex.datastore.Datastores;
import io.auspex.netconfserver.NetconfSessions;
import io.auspex.notifications.EventStream;
import io.auspex.notifications.EventStreams;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * All meters of a server. The parts count for themselves, without knowing Micrometer; here their counters are read when
 * somebody looks, and events that a part tells of are counted.
 */
public final class Meters implements AutoCloseable {
    private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    /** Micrometer itself refers to its sources only weakly. */
    private final List<Fresh<?>> kept = new CopyOnWriteArrayList<>();

    private final JvmGcMetrics collections = new JvmGcMetrics();

    public Meters() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    MeterRegistry registry() {
        return registry;
    }

    String contentType() {
        return CONTENT_TYPE;
    }

    /** All meters of this moment, in the text format of Prometheus. */
    String scrape() {
        return registry.scrape(CONTENT_TYPE);
    }

    /** Lets an audit log count what it notes. */
    public Audit counting(Audit audit) {
        var accepted = counter("auspex.logins", "outcome", "accepted");
        var failed = counter("auspex.logins", "outcome", "failed");
        var edits = counter("auspex.edits");
        return event -> {
            switch (event) {
                case AuditEvent.LoggedIn _ -> accepted.increment();
                case AuditEvent.LoginFailed _ -> failed.increment();
                case AuditEvent.Edited _ -> edits.increment();
                case AuditEvent _ -> {}
            }
            audit.note(event);
        };
    }

    private Counter counter(String name, String... tags) {
        return Counter.builder(name).tags(tags).register(registry);
    }

    /** What access control denied (RFC 8341 §3.3.2). */
    public void watch(AccessControl access) {
        counted("auspex.nacm.denied", access, AccessControl::deniedOperations, "what", "operation");
        counted("auspex.nacm.denied", access, AccessControl::deniedDataWrites, "what", "data-write");
        counted("auspex.nacm.denied", access, AccessControl::deniedNotifications, "what", "notification");
    }

    /** The journal of the datastores, and from now on every commit. */
    public void watch(Datastores datastores) {
        Gauge.builder("auspex.journal", datastores, Datastores::journalBytes)
                .description("Commits since the last snapshot")
                .baseUnit("bytes")
                .register(registry);
        datastores.listen(new CommitMeter(registry));
    }

    /** Who receives the event streams that there are. */
    public void watch(EventStreams streams) {
        streams.all()
                .forEach(stream -> Gauge.builder("auspex.stream.receivers", stream, EventStream::receivers)
                        .tag("stream", stream.name())
                        .register(registry));
    }

    /** NETCONF sessions and what they say. */
    public void watch(NetconfSessions sessions) {
        var now = fresh(sessions::statistics);
        Gauge.builder("auspex.netconf.sessions", now, s -> s.get().open()).register(registry);
        counted("auspex.netconf.sessions.opened", now, s -> s.get().opened());
        counted("auspex.netconf.sessions.dropped", now, s -> s.get().dropped());
        counted("auspex.netconf.sessions.refused", now, s -> s.get().badHellos());
        counted("auspex.netconf.rpcs", now, s -> s.get().rpcs());
        counted("auspex.netconf.rpcs.bad", now, s -> s.get().badRpcs());
        counted("auspex.netconf.rpc.errors", now, s -> s.get().rpcErrors());
        counted("auspex.netconf.notifications", now, s -> s.get().notifications());
    }

    /** Devices by state, and the assurance engine. */
    public void watch(AssuranceAgent agent) {
        var now = fresh(agent::statistics);
        now.get()
                .devices()
                .keySet()
                .forEach(state -> Gauge.builder(
                                "auspex.devices", now, s -> s.get().devices().getOrDefault(state, 0))
                        .tag("state", state)
                        .register(registry));
        Gauge.builder("auspex.subservices", now, s -> s.get().subservices()).register(registry);
        Gauge.builder("auspex.engine.queue", now, s -> s.get().engine().queued())
                .register(registry);
        counted("auspex.engine.batches", now, s -> s.get().engine().batches());
        counted("auspex.engine.values", now, s -> s.get().engine().valuesTaken(), "outcome", "taken");
        counted("auspex.engine.values", now, s -> s.get().engine().valuesLost(), "outcome", "lost");
        counted("auspex.engine.values", now, s -> s.get().engine().valuesObsolete(), "outcome", "obsolete");
    }

    private <T> Fresh<T> fresh(Supplier<T> statistics) {
        var fresh = new Fresh<>(statistics, System::nanoTime);
        kept.add(fresh);
        return fresh;
    }

    private <T> void counted(String name, T source, ToDoubleFunction<T> value, String... tags) {
        FunctionCounter.builder(name, source, value).tags(tags).register(registry);
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
