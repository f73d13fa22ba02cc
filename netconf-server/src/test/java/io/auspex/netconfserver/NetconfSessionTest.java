package io.auspex.netconfserver;

import static io.auspex.netconfprotocol.NetconfNamespaces.BASE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.auspex.netconfprotocol.Capability;
import io.auspex.netconfprotocol.Framing;
import io.auspex.yang.InputLimits;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetconfSessionTest {
    private final TestClock clock = new TestClock();
    private final RecordingManagement management = new RecordingManagement();
    private NetconfSessions sessions = sessions(SessionLimits.DEFAULT, SessionTap.NONE);

    private NetconfSessions sessions(SessionLimits limits, SessionTap tap) {
        var capabilities = ServerCapabilities.of(ExampleData.MODEL, "1");
        return new NetconfSessions(management, new SessionConfig(capabilities, limits, tap), clock);
    }

    @AfterEach
    void stop() {
        sessions.close();
    }

    private static byte[] chunked(String xml) {
        return ("\n#" + xml.getBytes(UTF_8).length + "\n" + xml + "\n##\n").getBytes(UTF_8);
    }

    private static String rpc(int id, String operation) {
        return "<rpc xmlns='" + BASE + "' message-id='" + id + "'>" + operation + "</rpc>";
    }

    @Nested
    class Hello {
        @Test
        void namesTheBaseVersionsAndTheModules() throws Exception {
            try (var peer = SessionPeer.connect(sessions, "alice")) {
                // When
                var hello = peer.hello();
                // Then
                assertThat(hello.sessionId()).hasValue(1);
                assertThat(hello.capabilities().all())
                        .contains(Capability.BASE_1_0, Capability.BASE_1_1)
                        .extracting(Capability::base)
                        .contains("urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring")
                        .doesNotContain(ExampleData.NAMESPACE);
            }
        }

        @Test
        void aClientOfBase10AloneGetsEndOfMessageFraming() throws Exception {
            try (var peer = SessionPeer.ready(sessions, "alice", Capability.BASE_1_0)) {
                assertThat(peer.framing()).isEqualTo(Framing.END_OF_MESSAGE);
                assertThat(peer.rpc("<ping xmlns='" + ExampleData.NAMESPACE + "'/>"))
                        .contains("<ok/>");
            }
        }

        @Test
        void A41_whoSaysNothingIsDisconnectedAfterTheHelloTime() throws Exception {
            // Given
            var silent = SessionPeer.connect(sessions, "mallory");
            // When
            clock.advance(Duration.ofSeconds(11));
            // Then
            assertThat(silent.cut()).isTrue();
            assertThat(SessionPeer.ready(sessions, "alice").rpc("<get/>")).contains("<data>");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "<hello xmlns='" + BASE + "'><capabilities><capability>" + "urn:ietf:params:netconf:base:1.1"
                            + "</capability></capabilities><session-id>4</session-id></hello>",
                    "<hello xmlns='" + BASE + "'><capabilities/></hello>",
                    "<hello xmlns='" + BASE + "'/>",
                    "<hello xmlns='" + BASE + "'><capabilities><capability>urn:other:base:9</capability>"
                            + "</capabilities></hello>",
                    "<hello xmlns='urn:other'/>",
                    "<rpc xmlns='" + BASE + "' message-id='1'><get/></rpc>",
                    "<rpc-reply xmlns='" + BASE + "' message-id='1'/>",
                    "no xml at all",
                    "<!DOCTYPE hello SYSTEM 'file:///etc/passwd'><hello xmlns='" + BASE + "'/>",
                })
        void A42_A43_whatIsNoProperHelloEndsTheSession(String message) throws Exception {
            // Given
            var peer = SessionPeer.connect(sessions, "mallory");
            peer.hello();
            // When
            peer.message(message);
            // Then
            assertThat(peer.cut()).isTrue();
            assertThat(management.reads).isEmpty();
        }

        @Test
        void A43_aSecondHelloEndsTheSession() throws Exception {
            var peer = SessionPeer.ready(sessions, "alice");
            peer.message("<hello xmlns='" + BASE + "'><capabilities><capability>" + Capability.BASE_1_1
                    + "</capability></capabilities></hello>");
            assertThat(peer.next()).isEmpty();
            assertThat(peer.cut()).isFalse();
        }
    }

    @Nested
    class Messages {
        @Test
        void A46_theReplyRepeatsTheAttributesOfTheRpc() throws Exception {
            // Given
            var peer = SessionPeer.ready(sessions, "alice");
            // When
            peer.message("<x:rpc xmlns:x='" + BASE + "' message-id='&lt;&quot;1' xmlns:u='urn:u' u:mark='&amp;'>"
                    + "<x:get><x:filter/></x:get></x:rpc>");
            // Then
            assertThat(peer.next())
                    .isEqualTo("<rpc-reply xmlns=\"" + BASE + "\" xmlns:u=\"urn:u\" message-id=\"&lt;&quot;1\""
                            + " u:mark=\"&amp;\"><data></data></rpc-reply>");
        }

        @Test
        void A46_aMessageIdIsRepeatedUpToTheLimitOfAttributes() throws Exception {
            // Given
            var peer = SessionPeer.ready(sessions, "alice");
            var most = "x".repeat(InputLimits.DEFAULT.attributeBytes());
            // When
            peer.message("<rpc xmlns='" + BASE + "' message-id='" + most + "'><get><filter/></get></rpc>");
            // Then
            assertThat(peer.next()).contains("message-id=\"" + most + "\"").contains("<data>");
            peer.message("<rpc xmlns='" + BASE + "' message-id='x" + most + "'><get><filter/></get></rpc>");
            assertThat(peer.next()).contains("<error-tag>too-big</error-tag>");
        }

        @Test
        void A45_anRpcWithoutMessageIdIsRefusedAndTheSessionGoesOn() throws Exception {
            // Given
            var peer = SessionPeer.ready(sessions, "alice");
            // When
            peer.message("<rpc xmlns='" + BASE + "'><get/></rpc>");
            // Then
            assertThat(peer.next())
                    .contains("<error-tag>missing-attribute</error-tag>")
                    .contains("<bad-attribute>message-id</bad-attribute>")
                    .contains("<bad-element>rpc</bad-element>");
            assertThat(peer.rpc("<get/>")).contains("<data>");
        }

        @ParameterizedTest
        @CsvSource({
            "text<get/>, bad-element, rpc",
            "<get/>text, bad-element, rpc",
            "'', missing-element, ''",
            "<discard-changes/><get/>, unknown-element, get",
        })
        void whatIsWrongWithAnRpcItselfIsAnErrorOfItsLayerAndMakesItABadOne(
                String operation, String tag, String badElement) throws Exception {
            // Given
            var peer = SessionPeer.ready(sessions, "alice");
            // When
            var reply = peer.rpc(operation);
            // Then
            assertThat(reply)
                    .contains("message-id=\"1\"")
                    .contains("<error-type>rpc</error-type>")
                    .contains("<error-tag>" + tag + "</error-tag>");
            if (!badElement.isEmpty()) {
                assertThat(reply).contains("<bad-element>" + badElement + "</bad-element>");
            }
            assertThat(peer.session.counters.inBadRpcs.sum()).isEqualTo(1);
            assertThat(sessions.statistics().badRpcs()).isEqualTo(1);
            assertThat(peer.rpc("<get/>")).contains("<data>");
        }

        @ParameterizedTest
        @CsvSource({
            "<get>text<filter/></get>, get",
            "<edit-config>text<target><running/></target><config/></edit-config>, edit-config",
        })
        void textBesideParametersIsAnErrorOfTheOperation(String operation, String badElement) throws Exception {
            // Given
            var peer = SessionPeer.ready(sessions, "alice");
            // When
            var reply = peer.rpc(operation);
            // Then
            assertThat(reply)
                    .contains("message-id=\"1\"")
                    .contains("<error-type>protocol</error-type>")
                    .contains("<error-tag>bad-element</error-tag>")
                    .contains("<bad-element>" + badElement + "</bad-element>");
            assertThat(peer.session.counters.inBadRpcs.sum()).isZero();
            assertThat(peer.rpc("<get/>")).contains("<data>");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "<rpc xmlns='" + BASE + "' message-id='1'><get></rpc>",
                    "<rpc xmlns='" + BASE + "' message-id='1'><get/></rpc><rpc/>",
                    "<rpc xmlns='" + BASE + "' message-id='1'><y:get/></rpc>",
                    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><rpc xmlns='" + BASE
                            + "' message-id='1'><get>&e;</get></rpc>",
                    "<rpc xmlns='" + BASE + "' message-id='1'><edit-config><target><running/></target><config>"
                            + "<top xmlns='" + ExampleData.NAMESPACE + "'><marker></top></config></edit-config></rpc>",
                })
        void whatIsNotWellFormedIsAnsweredAndEndsTheSession(String message) throws Exception {
            // Given
            var peer = SessionPeer.ready(sessions, "mallory");
            // When
            peer.message(message);
            // Then
            assertThat(peer.next()).contains("<error-tag>malformed-message</error-tag>");
            assertThat(peer.next()).isEmpty();
            assertThat(management.reads).isEmpty();
            assertThat(management.edits).isEmpty();
        }

        @Test
        void aPeerThatSpeaksBase10AloneIsNotSentMalformedMessage() throws Exception {
            var peer = SessionPeer.ready(sessions, "alice", Capability.BASE_1_0);
            peer.message("<rpc xmlns='" + BASE + "' message-id='1'><get></rpc>");
            assertThat(peer.next()).contains("<error-tag>operation-failed</error-tag>");
            assertThat(peer.next()).isEmpty();
        }

        @Test
        void textThatIsNoUtf8EndsTheSession() throws Exception {
            // Given
            var peer = SessionPeer.ready(sessions, "mallory");
            var bytes = chunked(rpc(1, "<get>x</get>"));
            bytes[new String(bytes, UTF_8).indexOf(">x<") + 1] = (byte) 0xc0;
            // When
            peer.raw(bytes);
            // Then
            assertThat(peer.next()).contains("<error-tag>malformed-message</error-tag>");
            assertThat(peer.next()).isEmpty();
        }

        @Test
        void aMessageLargerThanAllowedIsAnsweredWithTooBig() throws Exception {
            // Given
            sessions.close();
            var d = InputLimits.DEFAULT;
            var small = new InputLimits(
                    1000,
                    d.depth(),
                    d.attributes(),
                    d.namespaces(),
                    d.nameBytes(),
                    d.attributeBytes(),
                    d.textBytes(),
                    d.numberDigits(),
                    d.elements());
            sessions = sessions(
                    new SessionLimits(9, 9, Duration.ofSeconds(9), Duration.ofHours(1), 100, 1, small),
                    SessionTap.NONE);
            var peer = SessionPeer.ready(sessions, "mallory");
            // When
            peer.message(rpc(1, "<get>" + " ".repeat(1000) + "</get>"));
            // Then
            assertThat(peer.next()).contains("<error-tag>too-big</error-tag>");
            assertThat(peer.next()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "<rpc-reply xmlns='" + BASE + "' message-id='1'><ok/></rpc-reply>",
                    "<notification xmlns='urn:ietf:params:xml:ns:netconf:notification:1.0'/>",
                    "<other/>",
                })
        void A48_aMessageThatIsNotForAServerEndsTheSession(String message) throws Exception {
            var peer = SessionPeer.ready(sessions, "mallory");
            peer.message(message);
            assertThat(peer.next()).isEmpty();
            assertThat(peer.cut()).isFalse();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\n#0\nx\n##\n",
                    "\n#00001\nx\n##\n",
                    "\n#+5\n",
                    "\n#-1\n",
                    "\n# 5\n",
                    "\n#4294967296\n",
                    "\n#12345678901234567890\n",
                    "#5\n<rpc>",
                    "\r\n#5\r\n",
                    "\n##\n",
                    "<rpc xmlns='" + BASE + "' message-id='1'><get/></rpc>]]>]]>",
                })
        void A33_A34_A37_A40_brokenFramingCutsTheSession(String bytes) throws Exception {
            var peer = SessionPeer.ready(sessions, "mallory", Capability.BASE_1_1);
            peer.raw(bytes);
            assertThat(peer.cut()).isTrue();
            assertThat(management.reads).isEmpty();
        }

        @Test
        void A40_chunkedFramingWhereEndOfMessageIsAgreedIsNoMessage() throws Exception {
            // Given
            var peer = SessionPeer.ready(sessions, "mallory", Capability.BASE_1_0);
            // When
            peer.raw(new String(chunked(rpc(1, "<get/>")), UTF_8) + "]]>]]>");
            // Then
            assertThat(peer.next()).contains("<error-tag>operation-failed</error-tag>");
            assertThat(peer.next()).isEmpty();
            assertThat(management.reads).isEmpty();
        }

        @Test
        void A38_theDelimiterOfTheOtherFramingIsDataInAChunk() throws Exception {
            var peer = SessionPeer.ready(sessions, "alice", Capability.BASE_1_1);
            assertThat(peer.rpc("<get><filter><!-- ]]>]]> --></filter></get>")).contains("<data></data>");
        }

        @Test
        void aMessageMayBeCutAtAnyByte() throws Exception {
            // Given
            var message = chunked(rpc(7, "<get><filter/></get>"));
            for (var cut = 1; cut < message.length; cut++) {
                try (var peer = SessionPeer.ready(sessions, "alice")) {
                    // When
                    peer.raw(Arrays.copyOf(message, cut));
                    peer.raw(Arrays.copyOfRange(message, cut, message.length));
                    // Then
                    assertThat(peer.next()).contains("message-id=\"7\"").contains("<data>");
                    peer.rpc("<close-session/>");
                    peer.cut();
                }
            }
        }

        @Test
        void A36_chunksMayHaveOneByteEach() throws Exception {
            // Given
            var bytes = new ByteArrayOutputStream();
            for (var octet : rpc(7, "<get><filter/></get>").getBytes(UTF_8)) {
                bytes.writeBytes("\n#1\n".getBytes(UTF_8));
                bytes.write(octet);
            }
            bytes.writeBytes("\n##\n".getBytes(UTF_8));
            var peer = SessionPeer.ready(sessions, "alice", Capability.BASE_1_1);
            // When
            peer.raw(bytes.toByteArray());
            // Then
            assertThat(peer.next()).contains("message-id=\"7\"");
        }

        @Test
        void A34_aChunkLargerThanAMessageMayBeIsRefusedBeforeItComes() throws Exception {
            var peer = SessionPeer.ready(sessions, "mallory", Capability.BASE_1_1);
            peer.raw("\n#4294967295\n<");
            assertThat(peer.next()).contains("<error-tag>too-big</error-tag>");
            assertThat(peer.next()).isEmpty();
        }

        @Test
        void A35_aMessageThatDoesNotEndIsNotWaitedForForEver() throws Exception {
            // Given
            var peer = SessionPeer.ready(sessions, "mallory", Capability.BASE_1_1);
            peer.raw("\n#1000000\n<rpc");
            // When
            await().untilAsserted(() -> {
                clock.advance(Duration.ofMinutes(3));
                assertThat(peer.isOpen()).isFalse();
            });
            // Then
            assertThat(peer.cut()).isTrue();
        }
    }

    @Nested
    class Pipelining {
        @Test
        void A49_repliesComeInTheOrderOfTheRpcs() throws Exception {
            // Given
            var peer = SessionPeer.ready(sessions, "alice");
            var writer = Thread.ofVirtual().start(() -> {
                try {
                    for (var i = 0; i < 10_000; i++) {
                        peer.send("<get><filter/></get>");
                    }
                } catch (java.io.IOException e) {
                    throw new AssertionError(e);
                }
            });
            // When
            for (var i = 1; i <= 10_000; i++) {
                // Then
                assertThat(peer.next()).contains("message-id=\"" + i + "\"");
            }
            writer.join();
        }

        @Test
        void A50_aSessionThatAsksForMoreThanItsRateIsRefusedAndOthersAreNot() throws Exception {
            // Given
            sessions.close();
            sessions = sessions(
                    new SessionLimits(9, 9, Duration.ofSeconds(9), Duration.ofHours(1), 5, 1, InputLimits.DEFAULT),
                    SessionTap.NONE);
            var mallory = SessionPeer.ready(sessions, "mallory");
            for (var i = 0; i < 10; i++) {
                assertThat(mallory.rpc("<get><filter/></get>")).contains("<data");
            }
            // When
            var refused = mallory.rpc("<get><filter/></get>");
            // Then
            assertThat(refused)
                    .contains("message-id=\"11\"")
                    .contains("<error-tag>resource-denied</error-tag>")
                    .contains("more than 5 rpcs a second");
            assertThat(SessionPeer.ready(sessions, "alice").rpc("<get><filter/></get>"))
                    .contains("<data");
            clock.advance(Duration.ofMillis(200));
            assertThat(mallory.rpc("<get><filter/></get>")).contains("<data");
            assertThat(mallory.rpc("<get><filter/></get>")).contains("resource-denied");
            assertThat(mallory.rpc("text<get/>")).contains("resource-denied");
            assertThat(mallory.rpc("<get>text<filter/></get>")).contains("resource-denied");
            assertThat(mallory.isOpen()).isTrue();
            assertThat(mallory.rpc("<close-session/>")).contains("<ok/>");
        }

        @Test
        void A50_anRpcWithoutMessageIdCountsAsWell() throws Exception {
            // Given
            sessions.close();
            sessions = sessions(
                    new SessionLimits(9, 9, Duration.ofSeconds(9), Duration.ofHours(1), 1, 1, InputLimits.DEFAULT),
                    SessionTap.NONE);
            var mallory = SessionPeer.ready(sessions, "mallory");
            // When
            for (var i = 0; i < 2; i++) {
                mallory.message("<rpc xmlns='urn:ietf:params:xml:ns:netconf:base:1.0'><get><filter/></get></rpc>");
                assertThat(mallory.next()).contains("missing-attribute");
            }
            // Then
            assertThat(mallory.rpc("<get><filter/></get>")).contains("resource-denied");
        }

        @Test
        void A49_nothingIsReadWhileAnRpcIsAnswered() throws Exception {
            // Given
            sessions.close();
            var go = new CountDownLatch(1);
            var begun = new AtomicInteger();
            sessions = sessions(
                    new SessionLimits(9, 9, Duration.ofSeconds(9), Duration.ofHours(1), 1_000, 1, InputLimits.DEFAULT),
                    new SessionTap() {
                        @Override
                        public void before(String operation) throws InterruptedException {
                            begun.incrementAndGet();
                            go.await();
                        }
                    });
            var peer = SessionPeer.ready(sessions, "mallory");
            var sent = new AtomicInteger();
            var padding = " ".repeat(8000);
            var writer = Thread.ofVirtual().start(() -> {
                try {
                    for (var i = 0; i < 100; i++) {
                        peer.send("<get><filter/>" + padding + "</get>");
                        sent.incrementAndGet();
                    }
                } catch (java.io.IOException e) {
                    throw new AssertionError(e);
                }
            });
            // When
            await().until(() -> begun.get() == 1);
            await().during(Duration.ofMillis(300)).until(() -> sent.get() < 40);
            go.countDown();
            // Then
            for (var i = 1; i <= 100; i++) {
                assertThat(peer.next()).contains("message-id=\"" + i + "\"");
            }
            writer.join();
        }

        @Test
        void oneSessionThatWaitsDoesNotHoldUpAnother() throws Exception {
            // Given
            sessions.close();
            var go = new CountDownLatch(1);
            sessions = sessions(SessionLimits.DEFAULT, new SessionTap() {
                @Override
                public void before(String operation) throws InterruptedException {
                    if (operation.equals("ping")) {
                        go.await();
                    }
                }
            });
            var slow = SessionPeer.ready(sessions, "mallory");
            slow.send("<ping xmlns='" + ExampleData.NAMESPACE + "'/>");
            // When
            var reply = SessionPeer.ready(sessions, "alice").rpc("<get><filter/></get>");
            // Then
            assertThat(reply).contains("<data>");
            go.countDown();
            assertThat(slow.next()).contains("<ok/>");
        }
    }

    @Nested
    class Ends {
        @Test
        void A56_whoHoldsALockAndSaysNothingMoreLosesBoth() throws Exception {
            // Given
            var idle = SessionPeer.ready(sessions, "mallory");
            assertThat(idle.rpc("<lock><target><running/></target></lock>")).contains("<ok/>");
            // When
            await().untilAsserted(() -> {
                clock.advance(Duration.ofMinutes(61));
                assertThat(idle.isOpen()).isFalse();
            });
            // Then
            assertThat(idle.cut()).isTrue();
            assertThat(SessionPeer.ready(sessions, "alice").rpc("<lock><target><running/></target></lock>"))
                    .contains("<ok/>");
        }

        @Test
        void closeSessionIsAnsweredBeforeTheEnd() throws Exception {
            // Given
            var peer = SessionPeer.ready(sessions, "alice");
            // When
            var reply = peer.rpc("<close-session/>");
            // Then
            assertThat(reply).contains("<ok/>");
            assertThat(peer.cut()).isFalse();
            assertThat(sessions.all()).isEmpty();
        }

        @Test
        void killSessionCutsTheOther() throws Exception {
            // Given
            var victim = SessionPeer.ready(sessions, "bob");
            var killer = SessionPeer.ready(sessions, "alice");
            // When
            var reply = killer.rpc("<kill-session><session-id>1</session-id></kill-session>");
            // Then
            assertThat(reply).contains("<ok/>");
            assertThat(victim.cut()).isTrue();
        }

        @ParameterizedTest
        @ValueSource(strings = {"1", "77", "0", "-1", "4294967296000", "x", ""})
        void A54_killSessionTakesNoOtherNumber(String id) throws Exception {
            // Given
            var peer = SessionPeer.ready(sessions, "alice");
            // When
            var reply = peer.rpc("<kill-session><session-id>" + id + "</session-id></kill-session>");
            // Then
            assertThat(reply).contains("<error-tag>invalid-value</error-tag>");
            assertThat(peer.isOpen()).isTrue();
        }

        @Test
        void theEndOfInputEndsTheSessionAfterTheLastReply() throws Exception {
            // Given
            var peer = SessionPeer.ready(sessions, "alice");
            peer.send("<get><filter/></get>");
            // When
            peer.close();
            // Then
            assertThat(peer.next()).contains("<data>");
            assertThat(peer.cut()).isFalse();
        }
    }

    @Test
    void A52_thereAreNoMoreSessionsThanAllowed() throws Exception {
        // Given
        sessions.close();
        sessions = sessions(
                new SessionLimits(3, 2, Duration.ofSeconds(9), Duration.ofHours(1), 1_000, 1, InputLimits.DEFAULT),
                SessionTap.NONE);
        SessionPeer.ready(sessions, "alice");
        var second = SessionPeer.ready(sessions, "alice");
        // Then
        assertThatThrownBy(() -> SessionPeer.connect(sessions, "alice"))
                .isInstanceOf(TooManySessionsException.class)
                .hasMessage("user alice has 2 sessions already");
        SessionPeer.ready(sessions, "bob");
        assertThatThrownBy(() -> SessionPeer.connect(sessions, "carol")).hasMessage("there are 3 sessions already");
        second.rpc("<close-session/>");
        second.cut();
        SessionPeer.ready(sessions, "carol");
    }
}
