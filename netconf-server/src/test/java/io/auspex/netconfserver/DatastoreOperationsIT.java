package io.auspex.netconfserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.access.AuditEvent;
import io.auspex.netconfserver.ssh.SshAlgorithms;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operations on whole datastores and parts of them, on real datastores. */
class DatastoreOperationsIT {
    private static final String NMDA = "urn:ietf:params:xml:ns:yang:ietf-netconf-nmda";
    private static final String OPERATIONAL =
            "<datastore xmlns:ds='urn:ietf:params:xml:ns:yang:ietf-datastores'>ds:operational</datastore>";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private LiveServer server;

    @SuppressWarnings("NullAway.Init")
    private SessionPeer alice;

    @SuppressWarnings("NullAway.Init")
    private SessionPeer bob;

    @BeforeEach
    void start() throws Exception {
        var urls = new UrlStore(List.of(URI.create("file://" + folder.toRealPath() + "/")), 1 << 20);
        server = new LiveServer(SshAlgorithms.STRICT, InstantSource.system(), urls);
        alice = SessionPeer.ready(server.sessions, "alice");
        bob = SessionPeer.ready(server.sessions, "bob");
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private static String top(String content) {
        return "<top xmlns='" + ExampleData.NAMESPACE + "' xmlns:nc='urn:ietf:params:xml:ns:netconf:base:1.0'>"
                + content + "</top>";
    }

    private static String user(String name) {
        return "<user><name>" + name + "</name></user>";
    }

    private static String edit(String options, String content) {
        return "<edit-config><target><running/></target>" + options + "<config>" + top(content)
                + "</config></edit-config>";
    }

    private static void ok(String reply) {
        assertThat(reply).endsWith("<ok/></rpc-reply>");
    }

    private static void refused(String reply, String tag) {
        assertThat(reply).contains("<error-tag>" + tag + "</error-tag>");
    }

    private String running() throws Exception {
        return alice.rpc("<get-config><source><running/></source></get-config>");
    }

    private String url(String name) throws IOException {
        return "<url>file://" + folder.toRealPath() + "/" + name + "</url>";
    }

    @Test
    void A57_anEditOfAHundredThousandOperationsIsDoneAndADeepOneRefused() throws Exception {
        var many = new StringBuilder();
        for (var i = 0; i < 100_000; i++) {
            many.append("<user nc:operation='")
                    .append(i % 2 == 0 ? "create" : "remove")
                    .append("'><name>u");
            many.append(i).append("</name></user>");
        }
        ok(alice.rpc(edit("", "<users>" + many + "</users>")));
        var deep = "<users nc:operation='merge'>".repeat(300) + "</users>".repeat(300);
        assertThat(alice.rpc(edit("", deep))).contains("<rpc-error>");
        assertThat(bob.rpc("<get-config><source><running/></source></get-config>"))
                .contains("<name>u99998</name>")
                .doesNotContain("<name>u99999</name>");
    }

    @Nested
    class ErrorOption {
        private static final String HALF = "<users><user nc:operation='create'><name>fred</name></user>"
                + "<user nc:operation='delete'><name>nobody</name></user>"
                + "<user nc:operation='create'><name>wilma</name></user></users>";

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "<error-option>stop-on-error</error-option>",
                    "<error-option>rollback-on-error</error-option>"
                })
        void A64_nothingIsDoneWhenOneEditFails(String option) throws Exception {
            refused(alice.rpc(edit(option, HALF)), "data-missing");
            assertThat(running()).doesNotContain("fred").doesNotContain("wilma");
        }

        @Test
        void continueOnErrorDoesTheOthersAndNamesTheErrors() throws Exception {
            var reply = alice.rpc(edit("<error-option>continue-on-error</error-option>", HALF));
            refused(reply, "data-missing");
            assertThat(reply).contains("nobody").doesNotContain("fred");
            assertThat(running()).contains("fred").contains("wilma");
        }
    }

    @Test
    void optionsMayStandBehindTheConfigurationButForTheDefaultOperation() throws Exception {
        var edit = edit("", "<users>" + user("fred") + "</users>");
        ok(alice.rpc(edit.replace("</edit-config>", "<error-option>rollback-on-error</error-option></edit-config>")));
        refused(
                alice.rpc(edit.replace("</edit-config>", "<default-operation>merge</default-operation></edit-config>")),
                "bad-element");
    }

    @Test
    void whatAnAuditorWantsToKnowIsNoted() throws Exception {
        alice.rpc("<lock><target><candidate/></target></lock>");
        alice.rpc("<lock><target><candidate/></target></lock>");
        alice.rpc("<get-config><source><running/></source></get-config>");
        alice.rpc("<commit/>");
        alice.rpc("<unlock><target><candidate/></target></unlock>");
        bob.rpc("<kill-session><session-id>1</session-id></kill-session>");
        assertThat(server.audit.stream()
                        .flatMap(e -> e instanceof AuditEvent.Invoked(var by, var what)
                                ? Stream.of(by.name() + " " + what)
                                : Stream.of()))
                .containsExactly(
                        "alice ietf-netconf:lock",
                        "alice ietf-netconf:commit",
                        "alice ietf-netconf:unlock",
                        "bob ietf-netconf:kill-session");
    }

    @Test
    void aSessionIsShownWithItsHost() throws Exception {
        assertThat(alice.rpc("<get><filter><netconf-state xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring'>"
                        + "<sessions/></netconf-state></filter></get>"))
                .contains("<source-host>test</source-host>");
    }

    @Nested
    class PartialLock {
        private static final String FRED =
                "<partial-lock xmlns='urn:ietf:params:xml:ns:netconf:partial-lock:1.0' xmlns:e='"
                        + ExampleData.NAMESPACE
                        + "'><select>/e:top/e:users/e:user[e:name='%s']</select></partial-lock>";

        @BeforeEach
        void users() throws Exception {
            ok(alice.rpc(edit("", "<users>" + user("fred") + user("wilma") + "</users>")));
        }

        @Test
        void keepsOthersFromWhatItHoldsAlone() throws Exception {
            // When
            var reply = alice.rpc(FRED.formatted("fred"));
            // Then
            assertThat(reply)
                    .contains("<lock-id xmlns=\"urn:ietf:params:xml:ns:netconf:partial-lock:1.0\">1</lock-id>")
                    .contains("<locked-node ");
            refused(bob.rpc(edit("", "<users><user><name>fred</name><type>admin</type></user></users>")), "in-use");
            refused(bob.rpc(edit("", "<users nc:operation='delete'/>")), "in-use");
            ok(bob.rpc(edit("", "<users><user><name>wilma</name><type>admin</type></user></users>")));
            ok(alice.rpc(edit("", "<users><user><name>fred</name><type>admin</type></user></users>")));
            refused(bob.rpc("<lock><target><running/></target></lock>"), "lock-denied");
            refused(bob.rpc(FRED.formatted("fred")), "lock-denied");
            assertThat(bob.rpc(FRED.formatted("wilma"))).contains(">2</lock-id>");
            assertThat(bob.rpc(
                            "<get><filter><netconf-state xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring'>"
                                    + "<datastores/></netconf-state></filter></get>"))
                    .contains("<partial-lock><lock-id>1</lock-id><locked-by-session>1</locked-by-session>");
        }

        @Test
        void endsByPartialUnlockAndWithItsSession() throws Exception {
            alice.rpc(FRED.formatted("fred"));
            refused(
                    bob.rpc("<partial-unlock xmlns='urn:ietf:params:xml:ns:netconf:partial-lock:1.0'>"
                            + "<lock-id>1</lock-id></partial-unlock>"),
                    "invalid-value");
            ok(alice.rpc("<partial-unlock xmlns='urn:ietf:params:xml:ns:netconf:partial-lock:1.0'>"
                    + "<lock-id>1</lock-id></partial-unlock>"));
            bob.rpc(FRED.formatted("fred"));
            bob.rpc("<close-session/>");
            bob.cut();
            ok(alice.rpc(edit("", "<users><user><name>fred</name><type>admin</type></user></users>")));
        }

        @Test
        void ofAValueIsRefused() throws Exception {
            assertThat(alice.rpc(FRED.replace("/e:top/e:users/e:user[e:name='%s']", "count(/e:top)")))
                    .contains("<error-tag>invalid-value</error-tag>")
                    .contains("<error-app-tag>not-a-node-set</error-app-tag>")
                    .contains("<bad-element>select</bad-element>");
        }

        @Test
        void ofNothingIsRefused() throws Exception {
            assertThat(alice.rpc(FRED.formatted("nobody")))
                    .contains("<error-tag>operation-failed</error-tag>")
                    .contains("<error-app-tag>no-matches</error-app-tag>");
        }
    }

    @Nested
    class Urls {
        @Test
        void aConfigurationIsKeptAndComesBack() throws Exception {
            ok(alice.rpc(edit("", "<users>" + user("fred") + "</users>")));
            ok(alice.rpc(
                    "<copy-config><target>" + url("saved.xml") + "</target><source><running/></source></copy-config>"));
            assertThat(Files.readString(folder.resolve("saved.xml")))
                    .startsWith("<config xmlns=\"urn:ietf:params:xml:ns:netconf:base:1.0\"><top ");
            ok(alice.rpc(edit("", "<users nc:operation='delete'/>")));
            ok(alice.rpc("<validate><source>" + url("saved.xml") + "</source></validate>"));
            ok(alice.rpc("<edit-config><target><running/></target>" + url("saved.xml") + "</edit-config>"));
            assertThat(running()).contains("fred");
            ok(alice.rpc(edit("", "<users>" + user("wilma") + "</users>")));
            ok(alice.rpc(
                    "<copy-config><target><running/></target><source>" + url("saved.xml") + "</source></copy-config>"));
            assertThat(running()).contains("fred").doesNotContain("wilma");
            ok(alice.rpc("<delete-config><target>" + url("saved.xml") + "</target></delete-config>"));
            assertThat(folder.resolve("saved.xml")).doesNotExist();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "file:///etc/passwd",
                    "file://FOLDER/../x",
                    "file://FOLDER/%2e%2e/x",
                    "http://127.0.0.1:9/x",
                    "gopher://x/y",
                    "not a url",
                    "file://FOLDER/link/passwd",
                })
        void A58_whatIsNotAllowedIsNotTouched(String url) throws Exception {
            Files.createSymbolicLink(folder.resolve("link"), Path.of("/etc"));
            var reply = alice.rpc("<copy-config><target><running/></target><source><url>"
                    + url.replace("FOLDER", folder.toRealPath().toString()) + "</url></source></copy-config>");
            assertThat(reply).contains("<rpc-error>").doesNotContain("root:");
        }

        @Test
        void A58_theCapabilityIsOffWithoutAnAllowList() throws Exception {
            assertThat(ServerCapabilities.of(ExampleData.MODEL, "1").all().toString())
                    .doesNotContain("url:1.0");
            assertThatThrownBy(() -> UrlStore.OFF.get(URI.create("file:///etc/passwd")))
                    .hasMessageContaining("uses no URLs");
        }

        @Test
        void runningCannotBeDeleted() throws Exception {
            refused(alice.rpc("<delete-config><target><running/></target></delete-config>"), "bad-element");
        }
    }

    @Nested
    class Rfc_8526 {
        @BeforeEach
        void users() throws Exception {
            ok(alice.rpc(edit("", "<users><user><name>fred</name><full-name>F</full-name></user></users>")));
        }

        private String getData(String parameters) throws Exception {
            return alice.rpc("<get-data xmlns='" + NMDA + "' xmlns:or='urn:ietf:params:xml:ns:yang:ietf-origin'>"
                    + OPERATIONAL + parameters + "</get-data>");
        }

        private static String users(String content) {
            return "<subtree-filter><top xmlns='" + ExampleData.NAMESPACE + "'>" + content + "</top></subtree-filter>";
        }

        @Test
        void operationalHoldsTheDefaultsInUse() throws Exception {
            assertThat(getData(users("<users/>"))).contains("<type>guest</type>");
            assertThat(getData(users("<users/>") + "<with-origin/>"))
                    .containsPattern("<type [^>]*or:origin=\"or:default\">guest</type>");
            assertThat(getData(users("<users/>") + "<with-defaults>trim</with-defaults>"))
                    .doesNotContain("guest");
        }

        @Test
        void originsAreTold() throws Exception {
            assertThat(getData(users("<users/>") + "<with-defaults>report-all</with-defaults><with-origin/>"))
                    .contains("or:origin=\"or:intended\"")
                    .containsPattern("<type [^>]*or:origin=\"or:default\">guest</type>");
        }

        @Test
        void configurationIsSelectedByOrigin() throws Exception {
            var all = users("<users/>") + "<with-defaults>report-all</with-defaults>";
            assertThat(getData(users("<users/>") + "<origin-filter>or:default</origin-filter>"
                            + "<with-defaults>report-all</with-defaults>"))
                    .contains("<type>guest</type>")
                    .doesNotContain("full-name");
            assertThat(getData(users("<users/>") + "<negated-origin-filter>or:default</negated-origin-filter>"
                            + "<with-defaults>report-all</with-defaults>"))
                    .doesNotContain("guest")
                    .contains("full-name");
            assertThat(getData(users("<users/>") + "<origin-filter>or:learned</origin-filter>"))
                    .endsWith("<data xmlns=\"" + NMDA + "\"></data></rpc-reply>");
            refused(getData(all + "<origin-filter>or:nothing</origin-filter>"), "invalid-value");
        }

        @Test
        void depthCountsFromWhatTheFilterSelects() throws Exception {
            assertThat(getData(users("<users/>") + "<max-depth>1</max-depth>"))
                    .contains("<users/>")
                    .doesNotContain("fred");
            assertThat(getData(users("<users/>") + "<max-depth>3</max-depth>")).contains("<name>fred</name>");
            assertThat(getData("<xpath-filter xmlns:e='" + ExampleData.NAMESPACE + "'>/e:top/e:users</xpath-filter>"
                            + "<max-depth>1</max-depth>"))
                    .contains("<users/>");
        }

        @Test
        void whatAppliesToOperationalAloneIsRefusedElsewhere() throws Exception {
            var running = OPERATIONAL.replace("operational", "running");
            refused(
                    alice.rpc("<get-data xmlns='" + NMDA + "'>" + running + "<with-origin/></get-data>"),
                    "invalid-value");
            refused(
                    alice.rpc("<edit-data xmlns='" + NMDA + "'>" + OPERATIONAL + "<config/></edit-data>"),
                    "invalid-value");
        }

        @ParameterizedTest
        @ValueSource(strings = {"intended", "operational"})
        void whatCannotBeEditedIsNotLocked(String name) throws Exception {
            var target = "<target>"
                    + OPERATIONAL
                            .replace("<datastore", "<datastore xmlns='" + NMDA + "'")
                            .replace("ds:operational", "ds:" + name)
                    + "</target>";
            for (var operation : List.of("lock", "unlock")) {
                assertThat(alice.rpc("<" + operation + ">" + target + "</" + operation + ">"))
                        .contains("<error-tag>invalid-value</error-tag>", "<bad-element>datastore</bad-element>");
            }
        }

        @Test
        void operationalIsNotValidated() throws Exception {
            var source = OPERATIONAL.replace("<datastore", "<datastore xmlns='" + NMDA + "'");
            assertThat(alice.rpc("<validate><source>" + source + "</source></validate>"))
                    .contains("<error-tag>invalid-value</error-tag>", "<bad-element>datastore</bad-element>");
        }

        @Test
        void aBrokenXPathFilterIsNamed() throws Exception {
            assertThat(alice.rpc("<get-data xmlns='" + NMDA + "'>" + OPERATIONAL
                            + "<xpath-filter>/[[</xpath-filter></get-data>"))
                    .contains("<error-tag>invalid-value</error-tag>", "<bad-element>xpath-filter</bad-element>")
                    .doesNotContain("bad-attribute");
        }

        @Test
        void datastoresAreLockedByTheirIdentity() throws Exception {
            ok(
                    alice.rpc(
                            "<lock><target><datastore xmlns='" + NMDA
                                    + "' xmlns:ds='urn:ietf:params:xml:ns:yang:ietf-datastores'>ds:running</datastore></target></lock>"));
            refused(bob.rpc("<lock><target><running/></target></lock>"), "lock-denied");
        }
    }

    @Nested
    class Rfc_9144 {
        private String compare(String source, String target, String more) throws Exception {
            return alice.rpc("<compare xmlns='urn:ietf:params:xml:ns:yang:ietf-nmda-compare' "
                    + "xmlns:ds='urn:ietf:params:xml:ns:yang:ietf-datastores'><source>ds:" + source
                    + "</source><target>ds:"
                    + target + "</target>" + more + "</compare>");
        }

        @BeforeEach
        void different() throws Exception {
            ok(alice.rpc(
                    edit("", "<users><user><name>fred</name><type>a</type></user>" + user("barney") + "</users>")));
            ok(alice.rpc("<edit-config><target><candidate/></target><config>"
                    + top("<users><user><name>fred</name><type>b</type></user>" + user("wilma")
                            + "<user nc:operation='delete'><name>barney</name></user></users>")
                    + "</config></edit-config>"));
        }

        @Test
        void theEditsLeadFromTheSourceToTheTarget() throws Exception {
            assertThat(compare("running", "candidate", ""))
                    .contains("<operation>delete</operation><target>/example-config:top/users/user=barney</target>")
                    .contains("<operation>replace</operation><target>/example-config:top/users/user=fred/type</target>"
                            + "<value><type xmlns=\"" + ExampleData.NAMESPACE
                            + "\">b</type></value><source-value><type xmlns=\""
                            + ExampleData.NAMESPACE + "\">a</type></source-value>")
                    .contains("<operation>create</operation><target>/example-config:top/users/user=wilma</target>");
            assertThat(compare("running", "running", ""))
                    .contains("<differences ")
                    .doesNotContain("<edit>");
        }

        @Test
        void aFilterLimitsThem() throws Exception {
            assertThat(compare(
                            "running",
                            "candidate",
                            "<xpath-filter>/ex:top/ex:users/ex:user[ex:name='fred']</xpath-filter>"))
                    .contains("user=fred")
                    .doesNotContain("wilma");
            assertThat(compare("running", "candidate", "<xpath-filter>/ex:top/ex:marker</xpath-filter>"))
                    .contains("<no-matches ");
            assertThat(compare(
                            "running",
                            "candidate",
                            "<subtree-filter>" + top("<users><user><name>wilma</name></user></users>")
                                    + "</subtree-filter>"))
                    .contains("user")
                    .doesNotContain("fred");
        }
    }
}
