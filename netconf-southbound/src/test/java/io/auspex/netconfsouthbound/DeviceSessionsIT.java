package io.auspex.netconfsouthbound;

import static io.auspex.netconfprotocol.NetconfNamespaces.BASE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import io.auspex.netconfprotocol.Capability;
import io.auspex.netconfprotocol.Rpc;
import io.auspex.netconfprotocol.RpcError;
import io.auspex.netconfprotocol.RpcReply;
import io.auspex.netconfprotocol.XmlElement;
import io.auspex.netconfprotocol.YangModule;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceSessionsIT {
    private static final Map<String, String> IF = Map.of("if", "urn:if");
    private static final MetricPath OPER =
            MetricPath.parse("/if:interfaces/if:interface[if:name='eth0']/if:oper-status", IF);
    private static final MetricPath MTU = MetricPath.parse("/if:interfaces/if:interface[if:name='eth0']/if:mtu", IF);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final SessionTimers CALM = timers(LONG, LONG, LONG, LONG);

    /** Those that let no test wait long before it tries again; what a device may take is up to the test. */
    private static SessionTimers timers(Duration hello, Duration rpc, Duration stall, Duration keepAlive) {
        return new SessionTimers(
                LONG,
                hello,
                rpc,
                stall,
                keepAlive,
                Duration.ofMillis(50),
                Duration.ofMillis(200),
                Duration.ofMinutes(15));
    }

    private final RecordingListener heard = new RecordingListener();
    private DeviceSessions sessions;
    private FakeDevice device;

    @BeforeEach
    void start() throws IOException {
        sessions = new DeviceSessions(heard, heard, InstantSource.system());
        device = FakeDevice.start();
    }

    @AfterEach
    void stop() throws IOException {
        sessions.close();
        device.close();
    }

    @Nested
    class Collection {
        @Test
        void valuesArriveEveryPeriodWithTheMissingOnesNamed() throws Exception {
            // Given
            device.setData(
                    "<interfaces xmlns='urn:if'><interface><name>eth0</name><oper-status> up </oper-status></interface></interfaces>");

            // When
            sessions.put(config());
            sessions.collect("r1", new CollectionPlan(Set.of(OPER, MTU), Duration.ofMillis(200)));

            // Then
            await().until(() -> heard.samples("r1").size() >= 6);
            assertThat(heard.lastReading("r1", OPER)).contains(new MetricReading.Value("up"));
            assertThat(heard.lastReading("r1", MTU)).get().isInstanceOf(MetricReading.Missing.class);
        }

        @Test
        void onePathThatTheDeviceRefusesDoesNotCostTheOthersTheirValues() throws Exception {
            // Given
            device.setData(
                    "<interfaces xmlns='urn:if'><interface><name>eth0</name><oper-status>up</oper-status></interface></interfaces>");
            device.setScript(new FakeDevice.Script() {
                @Override
                public void rpc(Rpc rpc, FakeDevice d, FakeDevice.Peer peer) throws IOException {
                    if (rpc.operation().toString().contains("<mtu/>")) {
                        peer.reply(
                                rpc,
                                new RpcReply.Failed(
                                        List.of(RpcError.of("application", "unknown-element", "no mtu here"))));
                    } else {
                        super.rpc(rpc, d, peer);
                    }
                }
            });

            // When
            sessions.put(config());
            sessions.collect("r1", new CollectionPlan(Set.of(OPER, MTU), Duration.ofMillis(200)));

            // Then
            await().until(() -> heard.samples("r1").size() >= 6);
            assertThat(heard.lastReading("r1", OPER)).contains(new MetricReading.Value("up"));
            assertThat(heard.lastReading("r1", MTU))
                    .contains(new MetricReading.Refused("unknown-element: no mtu here"));
            var refusedRpcs = device.rpcs().stream()
                    .filter(r -> r.operation().toString().contains("<mtu/>"))
                    .count();
            assertThat(refusedRpcs)
                    .as("asked once with the rest and once alone")
                    .isEqualTo(2);
        }

        @Test
        void s20_aDeviceThatIsTooBusyKeepsItsSessionAndIsAskedAgain() throws Exception {
            // Given
            var asked = new AtomicInteger();
            device.setScript(new FakeDevice.Script() {
                @Override
                public void rpc(Rpc rpc, FakeDevice d, FakeDevice.Peer peer) throws IOException {
                    if (asked.incrementAndGet() <= 2) {
                        peer.reply(
                                rpc,
                                new RpcReply.Failed(List.of(RpcError.of("application", "resource-denied", "busy"))));
                    } else {
                        super.rpc(rpc, d, peer);
                    }
                }
            });

            // When
            sessions.put(config());
            sessions.collect("r1", new CollectionPlan(Set.of(OPER, MTU), Duration.ofMillis(200)));

            // Then
            await().until(() -> heard.samples("r1").size() >= 6);
            assertThat(heard.samples("r1").subList(0, 4))
                    .extracting(MetricSample::reading)
                    .containsOnly(new MetricReading.Failed("resource-denied: busy"));
            assertThat(heard.lastReading("r1", OPER)).get().isInstanceOf(MetricReading.Missing.class);
            assertThat(has(DeviceState.Down.class)).isFalse();
        }

        @Test
        void deviceThatAnswersSlowlyIsLateAlone() throws Exception {
            // Given
            device.setScript(silent());
            try (var other = FakeDevice.start()) {
                sessions.put(config());
                sessions.collect("r1", new CollectionPlan(Set.of(OPER), Duration.ofMillis(100)));
                await().until(() -> !device.rpcs().isEmpty());

                // When
                sessions.put(other.config("r2").withTimers(CALM));
                sessions.collect("r2", new CollectionPlan(Set.of(OPER), Duration.ofMillis(100)));

                // Then
                await().until(() -> heard.samples("r2").size() > 10);
                assertThat(heard.samples("r1")).isEmpty();
                assertThat(heard.state("r2")).get().matches(DeviceState::isUp);
            }
        }

        @Test
        void s05_whatADeviceTellsUnaskedDoesNotWaitForAnAnswerThatNeverComes() throws Exception {
            // Given
            var script = new PushDevice();
            script.unanswered.add("get");
            device.setScript(script);
            sessions.put(device.config("r1"));
            sessions.collect("r1", new CollectionPlan(Set.of(OPER), Duration.ofMillis(200)));
            await().until(() -> wasAsked("get"));

            // When
            script.update(1, "<interface><name>eth0</name><oper-status>up</oper-status></interface>");

            // Then
            await().untilAsserted(
                            () -> assertThat(heard.lastReading("r1", OPER)).contains(new MetricReading.Value("up")));
        }

        @Test
        void s15_whatGetsLostJustAfterTheSubscriptionIsAskedForBeforeThePeriodEnds() throws Exception {
            // Given
            var script = new PushDevice();
            device.setScript(script);
            sessions.put(device.config("r1"));
            sessions.collect("r1", new CollectionPlan(Set.of(OPER), Duration.ofHours(1)));
            await().until(() -> wasAsked("get"));
            script.update(1, "<interface><name>eth0</name><oper-status>up</oper-status></interface>");
            script.change(1, 0, "");

            // When
            script.change(1, 2, "");

            // Then
            await().until(() -> wasAsked("resync-subscription"));
        }

        @Test
        void deviceThatDoesNotAnswerIsGivenUpAfterTwoRpcs() {
            // Given
            device.setScript(silent());

            // When
            sessions.put(config().withTimers(timers(LONG, Duration.ofSeconds(1), LONG, LONG)));
            sessions.collect("r1", new CollectionPlan(Set.of(OPER), Duration.ofMillis(100)));

            // Then
            await().untilAsserted(() -> assertThat(heard.states("r1"))
                    .anySatisfy(
                            s -> assertThat(s.detail()).isEqualTo("the device left 2 rpcs in a row without a reply")));
            assertThat(heard.samples("r1"))
                    .hasSizeGreaterThanOrEqualTo(2)
                    .first()
                    .extracting(MetricSample::reading)
                    .isEqualTo(new MetricReading.Failed("get: no reply within 1 s"));
        }

        private static FakeDevice.Script silent() {
            return new FakeDevice.Script() {
                @Override
                public void rpc(Rpc rpc, FakeDevice d, FakeDevice.Peer peer) {}
            };
        }

        @Test
        void modulesAreLearnedFromHelloAndYangLibrary() throws Exception {
            // Given
            device.setScript(new FakeDevice.Script() {
                @Override
                public byte[] hello(long sessionId) {
                    return FakeDevice.framedHello(
                            sessionId,
                            Capability.BASE_1_1.uri(),
                            "urn:old?module=old&revision=2001-01-01",
                            Capability.YANG_LIBRARY_1_1 + "?revision=2019-01-04&content-id=1");
                }
            });
            device.setData(
                    "<yang-library xmlns='urn:ietf:params:xml:ns:yang:ietf-yang-library'><module-set><name>a</name>"
                            + "<module><name>new</name><revision>2020-02-02</revision><namespace>urn:new</namespace></module>"
                            + "</module-set></yang-library>");

            // When
            sessions.put(config());

            // Then
            await().untilAsserted(() -> assertThat(heard.modules("r1"))
                    .containsExactlyInAnyOrder(
                            new YangModule("urn:old", "old", "2001-01-01"),
                            new YangModule("urn:new", "new", "2020-02-02")));
        }

        @ParameterizedTest
        @ValueSource(longs = {0, 100_000})
        void largeReplyInManyPacketsIsReadAlsoWhileKeysChange(long rekeyBytes) throws Exception {
            // Given
            device.goDown();
            device.rekeyEvery(rekeyBytes);
            device.listen();
            var entries = new StringBuilder("<interfaces xmlns='urn:if'>");
            IntStream.range(0, 20_000)
                    .forEach(i -> entries.append("<interface><name>eth")
                            .append(i)
                            .append("</name><oper-status>up</oper-status></interface>"));
            device.setData(entries + "</interfaces>");
            var last = MetricPath.parse("/if:interfaces/if:interface[if:name='eth19999']/if:oper-status", IF);

            // When
            sessions.put(config());
            sessions.collect("r1", new CollectionPlan(Set.of(last), Duration.ofSeconds(10)));

            // Then
            await().untilAsserted(
                            () -> assertThat(heard.lastReading("r1", last)).contains(new MetricReading.Value("up")));
        }
    }

    @Nested
    class Faults {
        @Test
        void lossOfTheConnectionIsToldLongBeforeAKeepAliveAndTheDeviceIsReachedAgain() throws Exception {
            // Given
            sessions.put(config());
            awaitState(DeviceState::isUp);

            // When
            device.goDown();

            // Then
            await().until(() -> has(DeviceState.Down.class));
            device.listen();
            awaitState(DeviceState::isUp);
            assertThat(device.sessions()).isGreaterThanOrEqualTo(2);
        }

        @Test
        void halfOpenConnectionIsSeenByTheKeepAlive() throws Exception {
            // Given
            try (var proxy = new SilentProxy(device.port())) {
                sessions.put(DeviceConfig.ssh("r1", "127.0.0.1", proxy.port(), config().credentials())
                        .withTimers(timers(LONG, LONG, LONG, Duration.ofMillis(300))));
                awaitState(DeviceState::isUp);

                // When
                proxy.silence();

                // Then
                await().untilAsserted(() -> assertThat(heard.states("r1"))
                        .anySatisfy(s -> assertThat(s)
                                .isInstanceOf(DeviceState.Down.class)
                                .extracting(DeviceState::detail, as(STRING))
                                .contains("heartbeat requests without reply")));
            }
        }

        @Test
        void portThatNeverAnswersIsGivenUpAtTheDeadline() throws Exception {
            // Given
            try (var deaf = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
                // When
                sessions.put(DeviceConfig.ssh("r1", "127.0.0.1", deaf.getLocalPort(), config().credentials())
                        .withTimers(new SessionTimers(
                                Duration.ofMillis(500),
                                CALM.hello(),
                                CALM.rpc(),
                                CALM.stall(),
                                CALM.keepAlive(),
                                CALM.retryBase(),
                                CALM.retryCap(),
                                CALM.authenticationHold())));

                // Then
                awaitState(DeviceState.Down.class::isInstance);
                assertThat(heard.state("r1").orElseThrow().detail()).contains("within 0.5 s");
            }
        }

        @Test
        void nameThatDoesNotResolveIsADeviceThatIsDown() {
            // Given
            var noLabel = "a".repeat(64) + ".invalid"; // no resolver asks a server for it
            var config = DeviceConfig.ssh("r1", noLabel, 830, config().credentials());

            // When
            sessions.put(config.withTimers(CALM));

            // Then
            awaitState(DeviceState.Down.class::isInstance);
            assertThat(heard.state("r1").orElseThrow().detail())
                    .isEqualTo(noLabel + " port 830: the name does not resolve to an address");
        }

        @Test
        void refusedConnectionNamesAddressAndPort() throws Exception {
            // Given
            device.goDown();

            // When
            sessions.put(config());

            // Then
            awaitState(DeviceState.Down.class::isInstance);
            assertThat(heard.state("r1").orElseThrow().detail())
                    .isEqualTo("127.0.0.1 port " + device.port() + ": Connection refused");
        }

        @Test
        void stateKeepsItsBeginningWhileTheDeviceStaysDown() throws Exception {
            // Given
            device.goDown();

            // When
            sessions.put(config());

            // Then
            await().until(() -> heard.states("r1").size() >= 4);
            var downs = heard.states("r1").stream()
                    .filter(DeviceState.Down.class::isInstance)
                    .map(DeviceState::since)
                    .distinct();
            assertThat(downs).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "<hello>]]>]]>",
                    "nonsense]]>]]>",
                    "<!DOCTYPE hello [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><hello>&x;</hello>]]>]]>",
                    "<hello xmlns='urn:ietf:params:xml:ns:netconf:base:1.0'><capabilities><capability>urn:ietf:params:netconf:base:1.1</capability></capabilities></hello>]]>]]>",
                    "<hello xmlns='urn:ietf:params:xml:ns:netconf:base:1.0'><capabilities><capability>urn:x</capability></capabilities><session-id>1</session-id></hello>]]>]]>",
                    "<rpc xmlns='urn:ietf:params:xml:ns:netconf:base:1.0' message-id='1'><get/></rpc>]]>]]>",
                    "<hello xmlns='urn:ietf:params:xml:ns:netconf:base:1.0'>"
                })
        void deviceWithABrokenHelloIsAProtocolErrorAndLeftAlone(String hello) {
            // Given
            device.setScript(new FakeDevice.Script() {
                @Override
                public byte[] hello(long sessionId) {
                    return hello.getBytes(UTF_8);
                }
            });

            // When
            sessions.put(config().withTimers(timers(Duration.ofSeconds(1), LONG, LONG, LONG)));

            // Then
            await().until(() -> has(DeviceState.ProtocolFailed.class));
            assertThat(heard.states("r1")).noneMatch(DeviceState::isUp);
        }

        @Test
        void floodOfCapabilitiesIsAProtocolError() {
            // Given
            device.setScript(new FakeDevice.Script() {
                @Override
                public byte[] hello(long sessionId) {
                    return ("<hello xmlns='" + BASE + "'><capabilities>"
                                    + "<capability>urn:x</capability>".repeat(100_000))
                            .getBytes(UTF_8);
                }
            });

            // When
            sessions.put(config());

            // Then
            awaitState(s -> s instanceof DeviceState.ProtocolFailed p
                    && p.detail().equals("message larger than 1048576 bytes"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\n#20\n<rpc-reply><unclosed>\n##\n",
                    "\n#05\n<a/>\n##\n",
                    "<rpc-reply/>]]>]]>",
                    "\n#4294967295\n<",
                    "\n#91\n<hello xmlns='urn:ietf:params:xml:ns:netconf:base:1.0'><capabilities></capabilities></hello>\n##\n"
                })
        void wrongFramingOrXmlInAReplyDropsTheSession(String reply) {
            // Given
            device.setScript(new FakeDevice.Script() {
                @Override
                public void rpc(Rpc rpc, FakeDevice d, FakeDevice.Peer peer) throws IOException {
                    peer.raw(reply.getBytes(UTF_8));
                }
            });

            // When
            sessions.put(config().withTimers(timers(LONG, LONG, Duration.ofMillis(500), LONG)));
            sessions.collect("r1", new CollectionPlan(Set.of(OPER), Duration.ofMillis(100)));

            // Then
            await().until(() -> has(DeviceState.ProtocolFailed.class));
            await().untilAsserted(() ->
                    assertThat(heard.lastReading("r1", OPER)).get().isInstanceOf(MetricReading.Failed.class));
        }

        @Test
        void deviceThatStopsInTheMiddleOfAReplyIsDroppedAfterTheStall() {
            // Given
            device.setScript(new FakeDevice.Script() {
                @Override
                public void rpc(Rpc rpc, FakeDevice d, FakeDevice.Peer peer) throws IOException {
                    peer.raw("\n#1000\n<rpc-reply".getBytes(UTF_8));
                }
            });

            // When
            sessions.put(config().withTimers(timers(LONG, LONG, Duration.ofMillis(500), LONG)));
            sessions.collect("r1", new CollectionPlan(Set.of(OPER), Duration.ofMillis(100)));

            // Then
            awaitState(s -> s instanceof DeviceState.ProtocolFailed p
                    && p.detail().startsWith("the device stopped in the middle of a message"));
        }

        @Test
        void replyToAnUnknownMessageIdIsDropped() throws Exception {
            // Given
            device.setData(
                    "<interfaces xmlns='urn:if'><interface><name>eth0</name><oper-status>up</oper-status></interface></interfaces>");
            device.setScript(new FakeDevice.Script() {
                @Override
                public void rpc(Rpc rpc, FakeDevice d, FakeDevice.Peer peer) throws IOException {
                    peer.raw(chunked("<rpc-reply xmlns='" + BASE + "' message-id='4711'><ok/></rpc-reply>"));
                    super.rpc(rpc, d, peer);
                }
            });

            // When
            sessions.put(config());
            sessions.collect("r1", new CollectionPlan(Set.of(OPER), Duration.ofMillis(100)));

            // Then
            await().untilAsserted(
                            () -> assertThat(heard.lastReading("r1", OPER)).contains(new MetricReading.Value("up")));
            assertThat(sessions.session("r1").orElseThrow().droppedReplies()).isPositive();
        }

        @Test
        void whoFindsASessionOverIsToldWhyItEnded() {
            // Given
            sessions.put(config());
            awaitState(DeviceState::isUp);
            var session = sessions.session("r1").orElseThrow();
            var first = new SessionException(SessionException.Kind.PROTOCOL_ERROR, "the first fault");

            // When
            session.end(first);

            // Then
            assertThat(session.end(new SessionException(SessionException.Kind.UNREACHABLE, "another")))
                    .isSameAs(first);
            assertThatThrownBy(() -> session.call(XmlElement.of(BASE, "get"))).isSameAs(first);
            await().untilAsserted(() -> assertThat(heard.states("r1"))
                    .anySatisfy(s -> assertThat(s.detail()).isEqualTo("the first fault")));
        }

        private static byte[] chunked(String message) {
            return ("\n#" + message.length() + "\n" + message + "\n##\n").getBytes(UTF_8);
        }
    }

    @Nested
    class Trust {
        @Test
        void keyOfTheFirstConnectionIsPinned() {
            // Given
            sessions.put(config());

            // When
            awaitState(DeviceState::isUp);

            // Then
            assertThat(heard.pinned("r1")).contains(device.hostKeyLine());
        }

        @Test
        void changedHostKeyIsRefusedBeforeAnyLogin() throws Exception {
            // Given
            sessions.put(config());
            awaitState(DeviceState::isUp);
            var logins = device.logins();

            // When
            device.goDown();
            device.changeHostKey();
            device.listen();

            // Then
            awaitState(DeviceState.HostKeyChanged.class::isInstance);
            assertThat(heard.state("r1").orElseThrow().detail())
                    .matches("the device showed host key SHA256:\\S+, pinned is SHA256:\\S+");
            assertThat(device.logins()).isEqualTo(logins);
        }

        @Test
        void configuredKeyDecidesAndItsChangeIsTriedAtOnce() {
            // Given
            sessions.put(config().withHostKey("SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
            awaitState(DeviceState.HostKeyChanged.class::isInstance);

            // When
            sessions.put(config().withHostKey(device.hostKeyLine() + " a comment"));

            // Then
            awaitState(DeviceState::isUp);
            assertThat(heard.pinned("r1")).isEmpty();
        }

        @Test
        void threeRefusedLoginsAreFollowedByAHoldThatANewSecretEnds() {
            // Given
            device.setPassword("other");
            sessions.put(config());
            awaitState(s -> s instanceof DeviceState.AuthenticationFailed a && a.tries() == 3);
            var held = (DeviceState.AuthenticationFailed) heard.state("r1").orElseThrow();
            assertThat(held.retryAt()).isAfter(held.since().plus(Duration.ofMinutes(14)));
            assertThat(device.logins()).isEqualTo(3);

            // When
            sessions.put(config().withCredentials(new Credentials.Password("auspex", new Secret("other"))));

            // Then
            awaitState(DeviceState::isUp);
            assertThat(held.detail()).isEqualTo("the device refused the login of user 'auspex'");
        }

        @Test
        void deviceThatOffersKeyboardInteractiveOnlyGetsThePasswordThatWay() throws Exception {
            // Given
            device.goDown();
            device.offerKeyboardInteractiveOnly();
            device.listen();

            // When
            sessions.put(config());

            // Then
            awaitState(DeviceState::isUp);
        }

        @Test
        void secretsNeverPrintThemselves() {
            assertThat(config().toString()).doesNotContain("right").contains("***");
        }
    }

    @Test
    void plainTransportCollectsAndSeesTheEndOfItsConnection() throws Exception {
        // Given
        device.setData(
                "<interfaces xmlns='urn:if'><interface><name>eth0</name><oper-status>up</oper-status></interface></interfaces>");
        var plain = new DeviceConfig(
                "r1",
                "127.0.0.1",
                device.listenPlain(),
                DeviceConfig.Transport.PLAIN_TCP,
                config().credentials(),
                null,
                CALM);
        sessions.put(plain);
        sessions.collect("r1", new CollectionPlan(Set.of(OPER), Duration.ofMillis(100)));
        await().untilAsserted(() -> assertThat(heard.lastReading("r1", OPER)).contains(new MetricReading.Value("up")));

        // When
        device.setScript(new FakeDevice.Script() {
            @Override
            public void rpc(Rpc rpc, FakeDevice d, FakeDevice.Peer peer) {
                peer.hangUp();
            }
        });

        // Then
        await().until(() -> has(DeviceState.Down.class));
        device.setScript(new FakeDevice.Script());
        awaitState(DeviceState::isUp);
    }

    @Test
    void removedDeviceIsSaidGoodbyeAndHeardNoMore() {
        // Given
        sessions.put(config());
        awaitState(DeviceState::isUp);

        // When
        sessions.remove("r1");

        // Then
        assertThat(sessions.state("r1")).isEmpty();
        assertThat(device.rpcs())
                .anySatisfy(rpc -> assertThat(rpc.operation().name()).isEqualTo("close-session"));
    }

    @Test
    void sameConfigurationAgainLeavesTheSessionAlone() {
        // Given
        sessions.put(config());
        awaitState(DeviceState::isUp);

        // When
        sessions.put(config());

        // Then
        await().during(Duration.ofMillis(300)).until(() -> device.sessions() == 1);
        assertThat(heard.state("r1")).get().matches(DeviceState::isUp);
    }

    private boolean wasAsked(String operation) {
        return device.rpcs().stream().anyMatch(r -> r.operation().name().equals(operation));
    }

    private DeviceConfig config() {
        return device.config("r1").withTimers(CALM);
    }

    private boolean has(Class<? extends DeviceState> kind) {
        return heard.states("r1").stream().anyMatch(kind::isInstance);
    }

    private void awaitState(Predicate<DeviceState> wanted) {
        await().untilAsserted(() -> assertThat(heard.state("r1")).get().matches(wanted));
    }
}
