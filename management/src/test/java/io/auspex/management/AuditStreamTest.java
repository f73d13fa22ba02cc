package io.auspex.management;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.access.Access;
import io.auspex.access.AccessControl;
import io.auspex.access.AuditEvent;
import io.auspex.access.Nacm;
import io.auspex.access.Principal;
import io.auspex.notifications.Delivery;
import io.auspex.notifications.LoggedEventStreams;
import io.auspex.notifications.Notification;
import io.auspex.notifications.NotificationJson;
import io.auspex.notifications.StreamLimits;
import io.auspex.yang.InputLimits;
import io.auspex.yang.codec.JsonReader;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModelLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditStreamTest {
    private static final ModelContext MODEL = ModelLoader.loadOnly(Set.of("auspex-audit", "ietf-netconf-acm"));
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Principal ANN = new Principal("ann", Set.of(), "restconf 192.0.2.1:5000");

    @TempDir
    Path folder;

    private static String text(Notification notification) {
        return new String(NotificationJson.content(notification), UTF_8).replace('"', '\'');
    }

    @Test
    void everyEventIsLoggedAndANotificationThatIsReplayed() throws Exception {
        var events = List.of(
                new AuditEvent.LoggedIn("ann", "ssh", "password"),
                new AuditEvent.LoginFailed("eve\n<\u0000", "ssh", "wrong password"),
                new AuditEvent.SessionStarted(ANN, 1),
                new AuditEvent.SessionEnded(ANN, 1, "closed"),
                new AuditEvent.Edited(ANN, "running", List.of("create /a:b", "create /a:b", "delete /a:c")),
                new AuditEvent.Invoked(ANN, "a:b"),
                new AuditEvent.Denied(ANN, Access.EXEC, "a:c"));
        var logged = new ArrayList<AuditEvent>();
        try (var streams = new LoggedEventStreams(MODEL, folder, InstantSource.fixed(NOW), StreamLimits.DEFAULT)) {
            var audit = new AuditStream(
                    MODEL, streams.register(AuditStream.NAME, "audit"), InstantSource.fixed(NOW), logged::add);
            events.forEach(audit::note);
        }
        assertThat(logged).isEqualTo(events);
        var got = new ArrayList<String>();
        try (var streams = new LoggedEventStreams(MODEL, folder, InstantSource.fixed(NOW), StreamLimits.DEFAULT);
                var replay = streams.register(AuditStream.NAME, "audit").subscribe(_ -> true, NOW, null)) {
            while (replay.next(Duration.ofSeconds(10)) instanceof Delivery.Event(var _, var notification)) {
                got.add(text(notification));
            }
        }
        var by = "'user':'ann','source':'restconf 192.0.2.1:5000'";
        assertThat(got)
                .containsExactly(
                        "{'auspex-audit:logged-in':{'user':'ann','source':'ssh','method':'password'}}",
                        "{'auspex-audit:login-failed':{'user':'eve\ufffd<\ufffd','source':'ssh','reason':'wrong password'}}",
                        "{'auspex-audit:session-started':{" + by + ",'session-id':1}}",
                        "{'auspex-audit:session-ended':{" + by + ",'session-id':1,'reason':'closed'}}",
                        "{'auspex-audit:configuration-edited':{" + by
                                + ",'datastore':'running','change':['create /a:b','delete /a:c'],'changes':3}}",
                        "{'auspex-audit:operation-invoked':{" + by + ",'operation':'a:b'}}",
                        "{'auspex-audit:access-denied':{" + by + ",'access':'exec','target':'a:c'}}");
    }

    @Test
    void strangersDoNotFillTheStream() throws Exception {
        var logged = new ArrayList<AuditEvent>();
        var now = new AtomicReference<>(NOW);
        try (var streams = new LoggedEventStreams(MODEL, null, now::get, StreamLimits.DEFAULT)) {
            var stream = streams.register(AuditStream.NAME, "audit");
            var audit = new AuditStream(MODEL, stream, now::get, logged::add);
            for (var n = 0; n < 1_000; n++) {
                audit.note(new AuditEvent.LoginFailed("root", "netconf 192.0.2.1:" + (1_000 + n), "wrong password"));
            }
            assertThat(logged).hasSize(1_000);
            assertThat(stream.lastId()).isEqualTo(30);
            audit.note(new AuditEvent.LoginFailed("ann", "netconf 192.0.2.2:5000", "wrong password"));
            assertThat(stream.lastId()).isEqualTo(31);
            for (var host = 0; host < 100_000; host++) {
                audit.note(new AuditEvent.LoginFailed("root", "netconf 2001:db8::" + host, "wrong password"));
            }
            assertThat(stream.lastId()).isEqualTo(300);
            var receiver = stream.subscribe(_ -> true, null, null);
            now.set(NOW.plusSeconds(7));
            audit.note(new AuditEvent.LoginFailed("ann", "netconf 192.0.2.2:5000", "wrong password"));
            assertThat(receiver.next(Duration.ofSeconds(10)))
                    .isInstanceOfSatisfying(
                            Delivery.Event.class,
                            e -> assertThat(text(e.notification())).contains("'untold':99731}"));
        }
    }

    @Test
    void onlyWhomARulePermitsItGetsThem() throws Exception {
        var rules = """
                {"ietf-netconf-acm:nacm": {"groups": {"group": [{"name": "auditors", "user-name": ["ann"]}]},
                  "rule-list": [{"name": "l", "group": ["auditors"], "rule": [{"name": "r", "module-name": "auspex-audit",
                    "notification-name": "*", "access-operations": "read", "action": "permit"}]}]}}
                """;
        var root = new JsonReader(MODEL, InputLimits.DEFAULT).readRoot(rules.getBytes(UTF_8));
        var access = new AccessControl(Nacm.of(MODEL, root), _ -> {});
        for (var schema : MODEL.root().notifications()) {
            assertThat(access.mayReceive(ANN, schema, null)).isTrue();
            assertThat(access.mayReceive(new Principal("bob", Set.of(), "ssh"), schema, null))
                    .isFalse();
        }
    }
}
