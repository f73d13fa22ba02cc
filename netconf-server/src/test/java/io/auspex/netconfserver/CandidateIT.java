package io.auspex.netconfserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.auspex.access.Principal;
import io.auspex.datastore.DatastoreName;
import io.auspex.datastore.Edit;
import io.auspex.datastore.Operation;
import io.auspex.management.EditRequest;
import io.auspex.netconfserver.ssh.SshAlgorithms;
import io.auspex.yang.error.ErrorTag;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Locks, candidate and commits over NETCONF, on real datastores. */
class CandidateIT {
    private final TestClock clock = new TestClock();
    private final LiveServer server;
    private final SessionPeer alice;
    private final SessionPeer bob;

    CandidateIT() throws Exception {
        server = new LiveServer(SshAlgorithms.STRICT, clock);
        alice = SessionPeer.ready(server.sessions, "alice");
        bob = SessionPeer.ready(server.sessions, "bob");
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private static String user(String name) {
        return "<top xmlns='" + ExampleData.NAMESPACE + "'><users><user><name>" + name + "</name></user></users></top>";
    }

    private static String edit(String target, String config) {
        return "<edit-config><target><" + target + "/></target><config>" + config + "</config></edit-config>";
    }

    private static void ok(String reply) {
        assertThat(reply).endsWith("<ok/></rpc-reply>");
    }

    private static void refused(String reply, String tag) {
        assertThat(reply).contains("<error-tag>" + tag + "</error-tag>");
    }

    private String users(String datastore) throws Exception {
        var reply = alice.rpc("<get-config><source><" + datastore + "/></source></get-config>");
        return String.join(
                " ",
                java.util.regex.Pattern.compile("<user><name>([a-z]+)")
                        .matcher(reply)
                        .results()
                        .map(r -> r.group(1))
                        .toList());
    }

    /** An edit of somebody without session, as RESTCONF makes it. */
    private void editWithoutSession(String name) throws Exception {
        var data = ExampleData.root(t -> t.container("users", u -> u.entry("user", e -> e.leaf("name", name))));
        var request = new EditRequest(
                DatastoreName.RUNNING,
                List.of(new Edit(Operation.MERGE, DataPath.root(ExampleData.MODEL.root()), data)),
                null);
        ScopedValue.where(Principal.CURRENT, new Principal("carol", Set.of(), "restconf test"))
                .call(() -> server.management.edit(request));
    }

    @Nested
    class Locks {
        @Test
        void keepOthersOutUntilTheyAreReleased() throws Exception {
            ok(alice.rpc("<lock><target><running/></target></lock>"));
            // When
            var second = bob.rpc("<lock><target><running/></target></lock>");
            // Then
            refused(second, "lock-denied");
            assertThat(second).contains("<session-id>1</session-id>");
            refused(bob.rpc(edit("running", user("dino"))), "in-use");
            assertThatThrownBy(() -> editWithoutSession("dino"))
                    .isInstanceOfSatisfying(
                            YangException.class,
                            e -> assertThat(e.first().tag()).isEqualTo(ErrorTag.IN_USE));
            refused(bob.rpc("<unlock><target><running/></target></unlock>"), "operation-failed");
            ok(alice.rpc(edit("running", user("fred"))));
            ok(alice.rpc("<unlock><target><running/></target></unlock>"));
            ok(bob.rpc(edit("running", user("dino"))));
            assertThat(users("running")).isEqualTo("dino fred");
        }

        @Test
        void endWithTheirSession() throws Exception {
            ok(bob.rpc("<lock><target><running/></target></lock>"));
            refused(alice.rpc(edit("running", user("fred"))), "in-use");
            bob.rpc("<close-session/>");
            bob.cut();
            ok(alice.rpc(edit("running", user("fred"))));
        }

        @Test
        void areShown() throws Exception {
            ok(bob.rpc("<lock><target><candidate/></target></lock>"));
            assertThat(alice.rpc(
                            "<get><filter><netconf-state xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring'>"
                                    + "<datastores/></netconf-state></filter></get>"))
                    .contains("<name>candidate</name><locks><global-lock><locked-by-session>2</locked-by-session>");
        }

        @Test
        void areNotGivenOnACandidateWithChanges() throws Exception {
            ok(alice.rpc(edit("candidate", user("fred"))));
            refused(bob.rpc("<lock><target><candidate/></target></lock>"), "lock-denied");
            ok(alice.rpc("<discard-changes/>"));
            ok(bob.rpc("<lock><target><candidate/></target></lock>"));
        }
    }

    @Nested
    class Candidate {
        @Test
        void isApartFromRunningUntilTheCommit() throws Exception {
            ok(alice.rpc(edit("candidate", user("fred"))));
            assertThat(users("candidate")).isEqualTo("fred");
            assertThat(users("running")).isEmpty();
            ok(alice.rpc("<commit/>"));
            assertThat(users("running")).isEqualTo("fred");
        }

        @Test
        void isDiscarded() throws Exception {
            ok(alice.rpc(edit("candidate", user("fred"))));
            ok(alice.rpc("<discard-changes/>"));
            assertThat(users("candidate")).isEmpty();
        }

        @Test
        void mayBeInvalidAndIsThenNotCommitted() throws Exception {
            // Given
            ok(alice.rpc(edit(
                    "candidate",
                    "<top xmlns='" + ExampleData.NAMESPACE + "'><team><name>a</name><lead>fred</lead></team></top>")));
            // Then
            refused(alice.rpc("<validate><source><candidate/></source></validate>"), "data-missing");
            refused(alice.rpc("<commit/>"), "data-missing");
            ok(alice.rpc(edit("candidate", user("fred"))));
            ok(alice.rpc("<validate><source><candidate/></source></validate>"));
            ok(alice.rpc("<commit/>"));
        }

        @Test
        void isTestedOnlyWhereThatIsAskedFor() throws Exception {
            var broken = "<config><top xmlns='" + ExampleData.NAMESPACE
                    + "'><team><name>a</name><lead>fred</lead></team></top></config></edit-config>";
            refused(
                    alice.rpc("<edit-config><target><candidate/></target><test-option>test-then-set</test-option>"
                            + broken),
                    "data-missing");
            refused(
                    alice.rpc("<edit-config><target><running/></target><test-option>test-only</test-option>" + broken),
                    "data-missing");
            ok(alice.rpc("<edit-config><target><running/></target><test-option>test-only</test-option><config>"
                    + user("fred") + "</config></edit-config>"));
            assertThat(users("running") + users("candidate")).isEmpty();
        }

        @Test
        void isCopied() throws Exception {
            ok(alice.rpc("<copy-config><target><candidate/></target><source><config>" + user("fred")
                    + "</config></source></copy-config>"));
            ok(alice.rpc("<copy-config><target><running/></target><source><candidate/></source></copy-config>"));
            assertThat(users("running")).isEqualTo("fred");
            refused(
                    alice.rpc("<copy-config><target><running/></target><source><running/></source></copy-config>"),
                    "invalid-value");
            refused(
                    alice.rpc("<copy-config><target><running/></target><source><url>file:///etc/passwd</url></source>"
                            + "</copy-config>"),
                    "operation-not-supported");
        }
    }

    @Nested
    class ConfirmedCommit {
        private void confirmed(String parameters) throws Exception {
            ok(alice.rpc(edit("running", user("base"))));
            ok(alice.rpc(edit("candidate", user("trial"))));
            ok(alice.rpc("<commit><confirmed/>" + parameters + "</commit>"));
            assertThat(users("running")).isEqualTo("base trial");
        }

        private void undone() {
            await().untilAsserted(() -> assertThat(users("running")).isEqualTo("base"));
        }

        @Test
        void isUndoneWhenNobodyConfirmsInTime() throws Exception {
            confirmed("<confirm-timeout>60</confirm-timeout>");
            clock.advance(Duration.ofSeconds(59));
            await().during(Duration.ofMillis(500)).until(() -> users("running").equals("base trial"));
            // When
            clock.advance(Duration.ofSeconds(2));
            // Then
            undone();
        }

        @Test
        void staysOnceItIsConfirmed() throws Exception {
            confirmed("");
            ok(alice.rpc("<commit/>"));
            clock.advance(Duration.ofHours(1));
            await().during(Duration.ofMillis(500)).until(() -> users("running").equals("base trial"));
        }

        @Test
        void A63_mayBeProlongedAndThenAllOfItIsUndone() throws Exception {
            confirmed("<confirm-timeout>60</confirm-timeout>");
            clock.advance(Duration.ofSeconds(50));
            ok(alice.rpc(edit("candidate", user("more"))));
            ok(alice.rpc("<commit><confirmed/><confirm-timeout>60</confirm-timeout></commit>"));
            clock.advance(Duration.ofSeconds(50));
            await().during(Duration.ofMillis(500)).until(() -> users("running").equals("base more trial"));
            clock.advance(Duration.ofSeconds(11));
            undone();
        }

        @Test
        void isCancelled() throws Exception {
            confirmed("");
            refused(bob.rpc("<cancel-commit/>"), "in-use");
            ok(alice.rpc("<cancel-commit/>"));
            assertThat(users("running")).isEqualTo("base");
            refused(alice.rpc("<cancel-commit/>"), "operation-failed");
        }

        @Test
        void isUndoneWithTheEndOfItsSession() throws Exception {
            ok(alice.rpc(edit("running", user("base"))));
            ok(bob.rpc(edit("candidate", user("trial"))));
            ok(bob.rpc("<commit><confirmed/></commit>"));
            bob.rpc("<close-session/>");
            undone();
        }

        @Test
        void A61_outlivesItsSessionWhenItPersistsAndAnotherConfirms() throws Exception {
            ok(alice.rpc(edit("running", user("base"))));
            ok(bob.rpc(edit("candidate", user("trial"))));
            ok(bob.rpc("<commit><confirmed/><persist>secret</persist></commit>"));
            bob.rpc("<close-session/>");
            bob.cut();
            assertThat(users("running")).isEqualTo("base trial");
            refused(alice.rpc("<commit/>"), "in-use");
            refused(alice.rpc("<commit><persist-id>guess</persist-id></commit>"), "invalid-value");
            ok(alice.rpc("<commit><persist-id>secret</persist-id></commit>"));
            clock.advance(Duration.ofHours(1));
            await().during(Duration.ofMillis(500)).until(() -> users("running").equals("base trial"));
        }

        @Test
        void isConfirmedByAnEditWithoutSessionUnlessItPersists() throws Exception {
            confirmed("");
            editWithoutSession("rest");
            clock.advance(Duration.ofHours(1));
            await().during(Duration.ofMillis(500)).until(() -> users("running").equals("base rest trial"));
            ok(alice.rpc("<commit><confirmed/><persist>secret</persist></commit>"));
            assertThatThrownBy(() -> editWithoutSession("more"))
                    .isInstanceOfSatisfying(
                            YangException.class,
                            e -> assertThat(e.first().tag()).isEqualTo(ErrorTag.IN_USE));
        }

        @ParameterizedTest
        @ValueSource(strings = {"0", "-1", "4294967296", "1e3", "", "soon"})
        void A62_takesNoOtherTimeout(String timeout) throws Exception {
            refused(
                    alice.rpc("<commit><confirmed/><confirm-timeout>" + timeout + "</confirm-timeout></commit>"),
                    "invalid-value");
        }

        @Test
        void needsNoPersistIdWhereNothingIsPending() throws Exception {
            refused(alice.rpc("<commit><persist-id>x</persist-id></commit>"), "invalid-value");
            refused(alice.rpc("<commit><persist>x</persist></commit>"), "missing-element");
        }
    }

    @Nested
    class Nmda {
        private static final String NS = " xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-nmda'"
                + " xmlns:ds='urn:ietf:params:xml:ns:yang:ietf-datastores'";

        @Test
        void dataIsEditedAndReadInAnyDatastore() throws Exception {
            ok(alice.rpc("<edit-data" + NS + "><datastore>ds:candidate</datastore><config>" + user("fred")
                    + "</config></edit-data>"));
            assertThat(alice.rpc("<get-data" + NS + "><datastore>ds:candidate</datastore></get-data>"))
                    .contains("<data xmlns=\"urn:ietf:params:xml:ns:yang:ietf-netconf-nmda\"><top")
                    .contains("<name>fred</name>");
            assertThat(alice.rpc("<get-data" + NS + "><datastore>ds:running</datastore></get-data>"))
                    .doesNotContain("fred");
            ok(alice.rpc("<commit/>"));
            assertThat(alice.rpc("<get-data" + NS + "><datastore>ds:operational</datastore><config-filter>true"
                            + "</config-filter></get-data>"))
                    .contains("fred")
                    .doesNotContain("netconf-state");
            assertThat(alice.rpc("<get-data" + NS + "><datastore>ds:operational</datastore><xpath-filter xmlns:e='"
                            + ExampleData.NAMESPACE + "'>//e:name</xpath-filter></get-data>"))
                    .contains("<user><name>fred</name></user>");
            assertThat(alice.rpc(
                            "<get-data" + NS + "><datastore>ds:running</datastore><max-depth>1</max-depth></get-data>"))
                    .contains("<top")
                    .doesNotContain("fred");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "<datastore>ds:startup</datastore>",
                    "<datastore>running</datastore>",
                    "<datastore>ds:running</datastore><max-depth>0</max-depth>",
                    "<datastore>ds:running</datastore><config-filter>maybe</config-filter>",
                })
        void whatIsWrongIsRefused(String parameters) throws Exception {
            refused(alice.rpc("<get-data" + NS + ">" + parameters + "</get-data>"), "invalid-value");
        }
    }

    @Test
    void defaultsAreShownAndMarkedAsAskedFor() throws Exception {
        ok(alice.rpc(edit("running", user("fred"))));
        var get = "<get-config><source><running/></source><with-defaults"
                + " xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-with-defaults'>%s</with-defaults></get-config>";
        assertThat(alice.rpc(get.formatted("explicit"))).doesNotContain("guest");
        assertThat(alice.rpc(get.formatted("report-all"))).contains("<type>guest</type>");
        assertThat(alice.rpc(get.formatted("report-all-tagged")))
                .containsPattern(
                        "<type xmlns:wd=\"urn:ietf:params:xml:ns:netconf:default:1.0\" wd:default=\"true\">guest");
    }
}
