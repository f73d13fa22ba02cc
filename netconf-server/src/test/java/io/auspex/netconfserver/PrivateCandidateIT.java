package io.auspex.netconfserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.netconfprotocol.Capability;
import io.auspex.netconfserver.ssh.SshAlgorithms;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Candidates of sessions alone, for clients that ask for them in their hello (draft-ietf-netconf-privcand). */
class PrivateCandidateIT {
    private static final String PRIVATE = "urn:ietf:params:netconf:capability:private-candidate:1.0";
    private final LiveServer server;
    private final SessionPeer alice;
    private final SessionPeer bob;

    PrivateCandidateIT() throws Exception {
        server = new LiveServer(SshAlgorithms.STRICT);
        alice = SessionPeer.ready(server.sessions, "alice", Capability.BASE_1_1, new Capability(PRIVATE));
        bob = SessionPeer.ready(server.sessions, "bob", Capability.BASE_1_1, new Capability(PRIVATE));
    }

    @BeforeEach
    void base() throws Exception {
        ok(alice.rpc(edit("base", "x")));
        ok(alice.rpc("<commit/>"));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private static String edit(String name, String type) {
        return "<edit-config><target><candidate/></target><config><top xmlns='" + ExampleData.NAMESPACE
                + "'><users><user><name>" + name + "</name><type>" + type
                + "</type></user></users></top></config></edit-config>";
    }

    private static String update(String mode) {
        return "<update xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-private-candidate'><resolution-mode>" + mode
                + "</resolution-mode></update>";
    }

    private static void ok(String reply) {
        assertThat(reply).endsWith("<ok/></rpc-reply>");
    }

    private static String read(SessionPeer peer, String datastore) throws Exception {
        return peer.rpc("<get-config><source><" + datastore + "/></source></get-config>");
    }

    @Test
    void noOtherSessionSeesOrCommitsThem() throws Exception {
        ok(alice.rpc(edit("fred", "a")));
        ok(bob.rpc(edit("wilma", "b")));
        assertThat(read(bob, "candidate")).contains("wilma").doesNotContain("fred");
        ok(bob.rpc("<commit/>"));
        assertThat(read(alice, "running")).contains("wilma").doesNotContain("fred");
        ok(alice.rpc("<commit/>"));
        assertThat(read(bob, "running")).contains("wilma").contains("fred");
    }

    @Test
    void aConflictIsFoundByTheUpdate() throws Exception {
        ok(alice.rpc(edit("fred", "a")));
        ok(bob.rpc(edit("fred", "b")));
        ok(bob.rpc("<commit/>"));
        assertThat(alice.rpc("<commit/>")).contains("<rpc-error>");
        assertThat(alice.rpc(update("revert-on-conflict"))).contains("<rpc-error>");
        assertThat(alice.rpc(update("nonsense"))).contains("<error-tag>invalid-value</error-tag>");
        ok(alice.rpc(update("prefer-candidate")));
        ok(alice.rpc("<commit/>"));
        assertThat(read(bob, "running")).contains("<type>a</type>");
    }

    @Test
    void whoDoesNotAskForThemSharesTheCandidate() throws Exception {
        var carol = SessionPeer.ready(server.sessions, "carol");
        ok(carol.rpc(edit("fred", "a")));
        assertThat(read(alice, "candidate")).doesNotContain("fred");
        assertThat(carol.rpc(update("prefer-running"))).contains("<error-tag>operation-not-supported</error-tag>");
    }
}
