package io.auspex.devicesimulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.auspex.devicesimulator.Script.Step;
import io.auspex.netconfprotocol.RpcReply;
import io.auspex.netconfprotocol.YangModule;
import io.auspex.yang.InputLimits;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeviceSimulatorIT {
    private static final String IF = "urn:ietf:params:xml:ns:yang:ietf-interfaces";
    private static final SimulatorConfig ROUTER =
            SimulatorConfig.of("r1", "admin", "s3cret", new SimulatedInterface("eth0", "ethernetCsmacd", 1, 8000, 0.5));

    private final Clock clock = new Clock();

    @SuppressWarnings("NullAway.Init")
    private DeviceSimulator device;

    private static final class Clock implements InstantSource {
        private volatile Instant now = Instant.parse("2026-11-21T08:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        void advance(int seconds) {
            now = now.plusSeconds(seconds);
        }
    }

    @AfterEach
    void stop() throws IOException {
        device.close();
    }

    private DeviceClient started(SimulatorConfig config) throws Exception {
        device = DeviceSimulator.start(config, clock);
        return new DeviceClient(device, "s3cret");
    }

    @Test
    void countersGrowWithTheTimeThatTheInterfaceIsUp() throws Exception {
        try (var client = started(ROUTER)) {
            assertThat(client.value("interfaces", "in-octets")).isEqualTo("0");
            // When
            clock.advance(10);
            // Then
            assertThat(client.value("interfaces", "in-octets")).isEqualTo("5000");
            assertThat(client.value("interfaces", "out-octets")).isEqualTo("5000");
            assertThat(client.value("interfaces", "in-unicast-pkts")).isEqualTo("10");
            device.apply(new Fault.InterfaceDown("eth0"));
            clock.advance(10);
            assertThat(client.value("interfaces", "in-octets")).isEqualTo("5000");
            device.apply(new Fault.InterfaceUp("eth0"));
            clock.advance(1);
            assertThat(client.value("interfaces", "in-octets")).isEqualTo("5500");
        }
    }

    @Test
    void anInterfaceGoesDownAndUp() throws Exception {
        try (var client = started(ROUTER)) {
            assertThat(client.value("interfaces", "oper-status")).isEqualTo("up");
            clock.advance(5);
            // When
            device.apply(new Fault.InterfaceDown("eth0"));
            // Then
            assertThat(client.value("interfaces", "oper-status")).isEqualTo("down");
            assertThat(client.value("interfaces", "admin-status")).isEqualTo("up");
            assertThat(client.value("interfaces", "last-change")).isEqualTo("2026-11-21T08:00:05Z");
            device.apply(new Fault.InterfaceUp("eth0"));
            assertThat(client.value("interfaces", "oper-status")).isEqualTo("up");
            assertThatThrownBy(() -> device.apply(new Fault.InterfaceDown("eth7")))
                    .hasMessage("there is no interface 'eth7', only [eth0]");
        }
    }

    @Test
    void errorsAreCountedWhileTheyComeIn() throws Exception {
        try (var client = started(ROUTER)) {
            device.apply(new Fault.InputErrors("eth0", 2.5));
            clock.advance(4);
            assertThat(client.value("interfaces", "in-errors")).isEqualTo("10");
            device.apply(new Fault.InputErrors("eth0", 0));
            clock.advance(4);
            assertThat(client.value("interfaces", "in-errors")).isEqualTo("10");
        }
    }

    @Test
    void anInterfaceThatIsDisabledByConfigurationGoesDown() throws Exception {
        try (var client = started(ROUTER)) {
            // When
            var reply = client.rpc(
                    "<edit-config><target><running/></target><config><interfaces xmlns='" + IF
                            + "'><interface><name>eth0</name><enabled>false</enabled></interface></interfaces></config></edit-config>");
            // Then
            assertThat(reply).contains("<ok/>");
            assertThat(client.value("interfaces", "admin-status")).isEqualTo("down");
            assertThat(client.value("interfaces", "oper-status")).isEqualTo("down");
        }
    }

    @Test
    void aDeviceOfAnOlderModelHasItsStateApartAndSaysSo() throws Exception {
        try (var client = started(ROUTER.with(DeviceModel.RFC7223))) {
            assertThat(client.hello().capabilities().modules())
                    .contains(new YangModule(IF, "ietf-interfaces", "2014-05-08"));
            assertThat(client.value("interfaces-state", "oper-status")).isEqualTo("up");
            assertThat(client.value("interfaces", "oper-status")).isEqualTo("nothing");
            assertThat(client.value("interfaces", "name")).isEqualTo("eth0");
        }
    }

    @Test
    void aDeviceOfTheNewerModelNamesItInItsYangLibrary() throws Exception {
        try (var client = started(ROUTER)) {
            assertThat(client.value("interfaces-state", "oper-status")).isEqualTo("nothing");
            assertThat(client.rpc("<get><filter><yang-library xmlns='urn:ietf:params:xml:ns:yang:ietf-yang-library'>"
                            + "<module-set><module><name>ietf-interfaces</name><revision/></module></module-set>"
                            + "</yang-library></filter></get>"))
                    .contains("<revision>2018-02-20</revision>");
            assertThat(client.rpc("<get-schema xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring'>"
                            + "<identifier>ietf-interfaces</identifier></get-schema>"))
                    .contains("RFC 8343");
        }
    }

    @Test
    void droppedSessionsMayComeBack() throws Exception {
        try (var client = started(ROUTER)) {
            device.apply(new Fault.DropSessions());
            await().untilAsserted(() -> assertThat(client.isOpen()).isFalse());
            try (var again = new DeviceClient(device, "s3cret")) {
                assertThat(again.value("interfaces", "oper-status")).isEqualTo("up");
            }
        }
    }

    @Test
    void repliesAreSlow() throws Exception {
        try (var client = started(ROUTER)) {
            device.apply(new Fault.SlowReplies(Duration.ofMinutes(1)));
            client.send("<get/>");
            assertThatThrownBy(() -> client.next(Duration.ofMillis(200))).isInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void repliesAreMalformed() throws Exception {
        try (var client = started(ROUTER)) {
            // When
            device.apply(new Fault.MalformedReplies(true));
            // Then
            var reply = client.rpc("<get/>");
            assertThatThrownBy(() -> RpcReply.parse(reply.getBytes(UTF_8), InputLimits.DEFAULT))
                    .isInstanceOf(io.auspex.netconfprotocol.ProtocolException.class);
            device.apply(new Fault.MalformedReplies(false));
            assertThat(client.value("interfaces", "oper-status")).isEqualTo("up");
        }
    }

    @Test
    void repliesStopInTheMiddle() throws Exception {
        try (var client = started(ROUTER)) {
            device.apply(new Fault.CutReplies(true));
            client.send("<get/>");
            assertThatThrownBy(() -> client.next(Duration.ofMillis(500))).isInstanceOf(TimeoutException.class);
            assertThat(client.isOpen()).isTrue();
            device.apply(new Fault.CutReplies(false));
            try (var again = new DeviceClient(device, "s3cret")) {
                assertThat(again.value("interfaces", "oper-status")).isEqualTo("up");
            }
        }
    }

    @Test
    void theHostKeyChangesAndThePortStays() throws Exception {
        try (var client = started(ROUTER)) {
            var port = device.port();
            device.apply(new Fault.NewHostKey());
            try (var again = new DeviceClient(device, "s3cret")) {
                assertThat(again.hostKey()).isNotEqualTo(client.hostKey());
            }
            assertThat(device.port()).isEqualTo(port);
        }
    }

    @Test
    void theRightPasswordIsRefusedForAWhileAndAWrongOneAlways() throws Exception {
        try (var client = started(ROUTER)) {
            device.apply(new Fault.RefuseLogins(true));
            assertThatThrownBy(() -> new DeviceClient(device, "s3cret")).hasMessageContaining("authentication");
            assertThat(client.value("interfaces", "oper-status")).isEqualTo("up");
            device.apply(new Fault.RefuseLogins(false));
            new DeviceClient(device, "s3cret").close();
            assertThatThrownBy(() -> new DeviceClient(device, "wrong")).hasMessageContaining("authentication");
        }
    }

    @Test
    void theDeviceIsAwayAndComesBack() throws Exception {
        try (var client = started(ROUTER)) {
            device.apply(new Fault.Unreachable(true));
            await().untilAsserted(() -> assertThat(client.isOpen()).isFalse());
            assertThatThrownBy(() -> new DeviceClient(device, "s3cret")).isInstanceOf(IOException.class);
            device.apply(new Fault.Unreachable(false));
            new DeviceClient(device, "s3cret").close();
        }
    }

    @Test
    void aScriptRunsOnTheClockAgainAndAgain() throws Exception {
        // Given
        var script = new Script(
                List.of(
                        new Step(Duration.ofSeconds(40), new Fault.InterfaceUp("eth0")),
                        new Step(Duration.ofSeconds(20), new Fault.InterfaceDown("eth0"))),
                Duration.ofSeconds(60));
        try (var client = started(ROUTER)) {
            device.play(script);
            for (var round = 0; round < 3; round++) {
                clock.advance(19);
                assertThat(client.value("interfaces", "oper-status")).isEqualTo("up");
                // When
                clock.advance(2);
                // Then
                await().untilAsserted(() ->
                        assertThat(client.value("interfaces", "oper-status")).isEqualTo("down"));
                clock.advance(20);
                await().untilAsserted(() ->
                        assertThat(client.value("interfaces", "oper-status")).isEqualTo("up"));
                clock.advance(19);
            }
        }
    }
}
