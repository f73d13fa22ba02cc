package io.auspex.netconfserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.auspex.access.AuditEvent;
import io.auspex.netconfserver.ssh.SshAlgorithms;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a session hears of other sessions, commits and edits (RFC 6470), and what the audit log says of them. */
class BaseNotificationsIT {
    private static final String EDIT = "<edit-config><target><%s/></target><config><top xmlns='" + ExampleData.NAMESPACE
            + "'><users><user><name>%s</name></user></users></top></config></edit-config>";

    private final TestClock clock = new TestClock();
    private final LiveServer server;
    private final SessionPeer alice;

    BaseNotificationsIT() throws Exception {
        server = new LiveServer(SshAlgorithms.STRICT, () -> {
            clock.advance(Duration.ofNanos(1));
            return clock.instant();
        });
        alice = SessionPeer.ready(server.sessions, "alice");
        assertThat(alice.rpc("<create-subscription xmlns='urn:ietf:params:xml:ns:netconf:notification:1.0'/>"))
                .contains("<ok/>");
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private static void ok(String reply) {
        assertThat(reply).endsWith("<ok/></rpc-reply>");
    }

    @Test
    void sessionsBeginAndEnd() throws Exception {
        var bob = SessionPeer.ready(server.sessions, "bob");
        assertThat(alice.next())
                .contains("<netconf-session-start xmlns=\"urn:ietf:params:xml:ns:yang:ietf-netconf-notifications\">"
                        + "<username>bob</username><session-id>2</session-id>");
        ok(bob.rpc("<close-session/>"));
        assertThat(alice.next())
                .contains("<netconf-session-end ")
                .contains("<session-id>2</session-id>")
                .contains("<termination-reason>closed</termination-reason>");
        await().untilAsserted(() -> assertThat(server.audit)
                .anyMatch(e -> e instanceof AuditEvent.SessionStarted(var by, var id)
                        && by.name().equals("bob")
                        && id == 2)
                .anyMatch(e -> e instanceof AuditEvent.SessionEnded(var by, var _, var _)
                        && by.name().equals("bob")));
    }

    @Test
    void aKilledSessionNamesItsKiller() throws Exception {
        SessionPeer.ready(server.sessions, "bob");
        assertThat(alice.next()).contains("<netconf-session-start ");
        // the notification may come before the reply
        alice.send("<kill-session><session-id>2</session-id></kill-session>");
        assertThat(alice.next() + alice.next())
                .contains("<killed-by>1</killed-by><termination-reason>killed</termination-reason>")
                .contains("<ok/>");
    }

    @Test
    void anEditSaysWhoMadeItAndWhere() throws Exception {
        alice.send(EDIT.formatted("running", "fred"));
        assertThat(alice.next() + alice.next())
                .contains("<ok/>")
                .contains("<netconf-config-change ")
                .contains("<changed-by><username>alice</username><session-id>1</session-id>")
                .contains("<datastore>running</datastore><edit><target")
                .contains("<operation>create</operation>");
        await().untilAsserted(() -> assertThat(server.audit)
                .anyMatch(e -> e instanceof AuditEvent.Edited(var by, var datastore, var changes, var _)
                        && by.name().equals("alice")
                        && datastore.equals("running")
                        && changes.getFirst().startsWith("create /example-config:top")));
    }

    @Test
    void aConfirmedCommitIsFollowed() throws Exception {
        ok(alice.rpc(EDIT.formatted("candidate", "fred")));
        alice.send("<commit><confirmed/><confirm-timeout>60</confirm-timeout></commit>");
        assertThat(alice.next() + alice.next() + alice.next())
                .contains("<netconf-config-change ")
                .contains("<confirm-event>start</confirm-event><timeout>60</timeout>")
                .contains("<ok/>");
        alice.send("<commit><confirmed/><confirm-timeout>90</confirm-timeout></commit>");
        assertThat(alice.next() + alice.next()).contains("<confirm-event>extend</confirm-event><timeout>90</timeout>");
        clock.advance(Duration.ofSeconds(91));
        assertThat(alice.next() + alice.next())
                .contains("<netconf-config-change ")
                .contains("<changed-by><server/></changed-by>")
                .contains("<confirm-event>timeout</confirm-event>");
    }
}
