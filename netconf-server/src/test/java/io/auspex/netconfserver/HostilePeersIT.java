package io.auspex.netconfserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.auspex.netconfprotocol.Framing;
import io.auspex.netconfprotocol.MessageDecoder;
import io.auspex.netconfserver.ssh.SshAlgorithms;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelSubsystem;
import org.apache.sshd.client.session.ClientSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Peers that send and read in ways that no client does, over SSH on real sockets; others are answered meanwhile. */
@Timeout(120)
class HostilePeersIT {
    private static final String BASE = "urn:ietf:params:xml:ns:netconf:base:1.0";
    private static final int SMALL_WINDOW = 32 << 10;

    @SuppressWarnings("NullAway.Init")
    private LiveServer server;

    private final SshClient ssh = SshClient.setUpDefaultClient();

    @BeforeEach
    void start() throws IOException {
        server = new LiveServer(SshAlgorithms.STRICT);
        ssh.setServerKeyVerifier((_, _, _) -> true);
        ssh.start();
    }

    @AfterEach
    void stop() throws IOException {
        ssh.close();
        server.close();
    }

    /** A session whose bytes are the test's own. */
    private final class Raw {
        private final MessageDecoder decoder = new MessageDecoder(1 << 20);
        private final ClientSession connection;
        private final ChannelSubsystem channel;
        private final OutputStream out;
        private final InputStream in;

        Raw(String user, int port) throws Exception {
            connection = ssh.connect(user, "127.0.0.1", port).verify(10_000).getSession();
            connection.addPasswordIdentity("right");
            connection.auth().verify(10_000);
            channel = connection.createSubsystemChannel("netconf");
            channel.open().verify(10_000);
            out = channel.getInvertedIn();
            in = channel.getInvertedOut();
            send(("<hello xmlns='" + BASE + "'><capabilities><capability>urn:ietf:params:netconf:base:1.1</capability>"
                            + "</capabilities></hello>]]>]]>")
                    .getBytes(UTF_8));
            next();
            decoder.switchTo(Framing.CHUNKED, 64 << 20);
        }

        /** A further session on its connection, which the server has greeted and which says nothing. */
        void withoutHello() throws IOException {
            var further = connection.createSubsystemChannel("netconf");
            further.open().verify(10_000);
            assertThat(further.getInvertedOut().read()).isEqualTo('<');
        }

        /** Until the server has sent all that it may as long as this peer does not read. */
        void awaitFullWindow() {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> channel.getLocalWindow().getSize() == 0);
        }

        void send(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        String next() throws Exception {
            var buffer = new byte[1 << 14];
            for (var message = decoder.poll(); ; message = decoder.poll()) {
                if (message.isPresent()) {
                    return new String(message.get(), UTF_8);
                }
                var count = in.read(buffer);
                if (count < 0) {
                    throw new IOException("the session ended");
                }
                decoder.feed(buffer, 0, count);
            }
        }
    }

    private Raw raw(String user) throws Exception {
        return new Raw(user, server.port());
    }

    private static byte[] rpc(int id, String operation) {
        var text = "<rpc xmlns='" + BASE + "' message-id='" + id + "'>" + operation + "</rpc>";
        return ("\n#" + text.length() + "\n" + text + "\n##\n").getBytes(UTF_8);
    }

    /** Another session, which is answered during an attack in a second, or about as soon as it was before. */
    private static final class Other {
        private static final int ANSWERS = 10;
        private static final Duration SOON = Duration.ofSeconds(1);
        private static final int SLOWER = 10;

        private final Raw session;
        private final Duration undisturbed;
        private int asked;

        Other(Raw session) throws Exception {
            this.session = session;
            median();
            undisturbed = median();
        }

        /** The middle one of the times that some answers take. */
        private Duration median() throws Exception {
            var times = new Duration[ANSWERS];
            for (var i = 0; i < ANSWERS; i++) {
                var start = System.nanoTime();
                session.send(rpc(asked++, "<get-config><source><running/></source></get-config>"));
                assertThat(session.next()).contains("<data>");
                times[i] = Duration.ofNanos(System.nanoTime() - start);
            }
            Arrays.sort(times);
            return times[ANSWERS / 2];
        }

        void isAnsweredSoon() throws Exception {
            var slower = undisturbed.multipliedBy(SLOWER);
            assertThat(median()).isLessThan(slower.compareTo(SOON) > 0 ? slower : SOON);
        }

        /** While the flood is being served. */
        void isAnsweredSoonDuring(Flood flood) throws Exception {
            flood.awaitAnswers(1);
            isAnsweredSoon();
            flood.awaitAnswers(flood.answered.get() + 1);
        }
    }

    /** A peer that sends one burst of rpcs after the other, and reads the replies, until it is told to end. */
    private static final class Flood {
        private static final int LAST = -1;

        private final AtomicInteger answered = new AtomicInteger();
        private final AtomicBoolean over = new AtomicBoolean();
        private final FutureTask<Integer> writer;
        private final FutureTask<Integer> reader;

        Flood(Raw peer, int burst, IntFunction<byte[]> message) {
            writer = new FutureTask<>(() -> {
                var sent = 0;
                do {
                    var all = new ByteArrayOutputStream();
                    for (var i = 0; i < burst; i++) {
                        all.writeBytes(message.apply(sent++));
                    }
                    peer.send(all.toByteArray());
                } while (!over.get());
                peer.send(rpc(LAST, "<get><filter/></get>"));
                return sent;
            });
            reader = new FutureTask<>(() -> {
                for (var reply = peer.next(); !reply.contains(id(LAST)); reply = peer.next()) {
                    assertThat(reply).contains(id(answered.getAndIncrement()));
                }
                return answered.get();
            });
            Thread.ofVirtual().start(writer);
            Thread.ofVirtual().start(reader);
        }

        private static String id(int number) {
            return "message-id=\"" + number + "\"";
        }

        void awaitAnswers(int count) {
            await().atMost(Duration.ofSeconds(60)).until(() -> answered.get() >= count || reader.isDone());
        }

        void endsAnsweredInOrder() throws Exception {
            over.set(true);
            assertThat(reader.get()).isEqualTo(writer.get());
        }
    }

    @Test
    void A36_aMessageIsReadHoweverItIsCut() throws Exception {
        // Given
        var peer = raw("alice");
        var length = rpc(1000, "<get><filter/></get>").length;
        // When
        for (var cut = 1; cut < length; cut++) {
            var message = rpc(1000 + cut, "<get><filter/></get>");
            peer.send(Arrays.copyOf(message, cut));
            peer.send(Arrays.copyOfRange(message, cut, length));
            // Then
            assertThat(peer.next()).contains("message-id=\"" + (1000 + cut) + "\"");
        }
    }

    private static byte[] inChunksOfOneByte(int id) {
        var bytes = new ByteArrayOutputStream();
        var text = "<rpc xmlns='" + BASE + "' message-id='" + id + "'><get><filter/>" + " ".repeat(200_000)
                + "</get></rpc>";
        for (var octet : text.getBytes(UTF_8)) {
            bytes.writeBytes(new byte[] {'\n', '#', '1', '\n', octet});
        }
        bytes.writeBytes("\n##\n".getBytes(UTF_8));
        return bytes.toByteArray();
    }

    @Test
    void A36_chunksOfOneByteAreReadAndOthersAnswered() throws Exception {
        // Given
        var other = new Other(raw("bob"));
        // When
        var flood = new Flood(raw("alice"), 1, HostilePeersIT::inChunksOfOneByte);
        // Then
        other.isAnsweredSoonDuring(flood);
        flood.endsAnsweredInOrder();
    }

    private static Thread writing(Raw peer, byte[] bytes) {
        return Thread.ofVirtual().start(() -> {
            try {
                peer.send(bytes);
            } catch (IOException _) {
                // the server cuts the connection, or the test is over
            }
        });
    }

    @Test
    void A49_A50_tenThousandRpcsAtOnceAreAnsweredInOrderAndOthersMeanwhile() throws Exception {
        // Given
        var other = new Other(raw("bob"));
        // When
        var flood = new Flood(raw("alice"), 10_000, i -> rpc(i, "<get><filter/></get>"));
        // Then
        other.isAnsweredSoonDuring(flood);
        flood.endsAnsweredInOrder();
    }

    private static byte[] schemas(int count) {
        var schema = "<get-schema xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring'>"
                + "<identifier>ietf-netconf</identifier></get-schema>";
        var all = new ByteArrayOutputStream();
        for (var i = 0; i < count; i++) {
            all.writeBytes(rpc(i, schema));
        }
        return all.toByteArray();
    }

    @Test
    void A53_whoStopsReadingHoldsNobodyUp() throws Exception {
        // Given
        ssh.getProperties().put("window-size", (long) SMALL_WINDOW);
        var limits = SshListenerIT.limits(SshListenerIT.LONG, SshListenerIT.LONG, SshListenerIT.LONG);
        try (var patient = new SshFixture(limits, SshAlgorithms.STRICT)) {
            var other = new Other(new Raw("alice", patient.port()));
            var peer = new Raw("alice", patient.port());
            // When
            writing(peer, schemas(400));
            peer.awaitFullWindow();
            // Then
            other.isAnsweredSoon();
            new Other(new Raw("alice", patient.port())).isAnsweredSoon();
        }
    }

    @Test
    void A53_whoDoesNotEvenEmptyItsSocketIsCut() throws Exception {
        // Given
        var limits = SshListenerIT.limits(SshListenerIT.LONG, Duration.ofSeconds(1), SshListenerIT.LONG);
        ssh.getProperties().put("window-size", 512L << 20);
        try (var impatient = new SshFixture(limits, SshAlgorithms.STRICT);
                var link = new Link(impatient.port())) {
            var peer = new Raw("alice", link.port());
            // When
            link.stuck.set(true);
            writing(peer, schemas(2_000));
            // Then
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> impatient.sessions.all().isEmpty());
        }
    }

    /** Asks for more than its socket, which it does not empty, has room for: the server waits in the middle of a packet. */
    private static void untilTheServerWaits(Raw peer, NetconfSessions sessions) {
        writing(peer, schemas(4_000));
        var before = new AtomicLong();
        await().pollInterval(Duration.ofMillis(500))
                .atMost(Duration.ofSeconds(30))
                .until(() -> {
                    var done = sessions.statistics().rpcs();
                    return before.getAndSet(done) == done && done > 0;
                });
    }

    @Test
    void A53_whoDoesNotEmptyItsSocketIsKilledAtOnce() throws Exception {
        // Given
        ssh.getProperties().put("window-size", 512L << 20);
        var limits = SshListenerIT.limits(SshListenerIT.LONG, SshListenerIT.LONG, SshListenerIT.LONG);
        try (var patient = new SshFixture(limits, SshAlgorithms.STRICT);
                var link = new Link(patient.port())) {
            var peer = new Raw("alice", link.port());
            link.stuck.set(true);
            untilTheServerWaits(peer, patient.sessions);
            var id = patient.sessions.all().iterator().next().id();
            var other = new Raw("alice", patient.port());
            // When
            other.send(rpc(1, "<kill-session><session-id>" + id + "</session-id></kill-session>"));
            // Then
            assertThat(other.next()).contains("<ok/>");
        }
    }

    @Test
    void A53_whoDoesNotEmptyItsSocketKeepsNoDeadlineOfOthers() throws Exception {
        // Given
        ssh.getProperties().put("window-size", 512L << 20);
        var clock = new TestClock();
        try (var timed = new LiveServer(SshAlgorithms.STRICT, clock);
                var link = new Link(timed.port())) {
            var peer = new Raw("alice", link.port());
            peer.withoutHello();
            link.stuck.set(true);
            untilTheServerWaits(peer, timed.sessions);
            new Raw("bob", timed.port()).withoutHello();
            // When
            clock.advance(Duration.ofMinutes(1));
            // Then
            await().atMost(Duration.ofSeconds(25)) // the server waits 30 s for a peer that takes nothing
                    .until(() -> timed.sessions.all().isEmpty());
        }
    }

    @Test
    void A53_whoReadsAgainAfterItsWindowWasFullGetsTheRest() throws Exception {
        // Given
        ssh.getProperties().put("window-size", (long) SMALL_WINDOW);
        var peer = raw("alice");
        writing(peer, schemas(20));
        peer.awaitFullWindow();
        // When, then
        for (var i = 0; i < 20; i++) {
            assertThat(peer.next()).contains("message-id=\"" + i + "\"", "</data>");
        }
    }

    @Test
    void A55_whoVanishesWithALockLosesIt() throws Exception {
        // Given
        var limits = SshListenerIT.limits(Duration.ofSeconds(5), SshListenerIT.LONG, Duration.ofSeconds(2));
        try (var impatient = new SshFixture(limits, SshAlgorithms.STRICT);
                var link = new Link(impatient.port())) {
            var peer = new Raw("alice", link.port());
            peer.send(rpc(1, "<lock><target><running/></target></lock>"));
            assertThat(peer.next()).contains("<ok/>");
            // When
            link.dead.set(true);
            // Then
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> impatient.sessions.all().isEmpty());
            await().ignoreExceptions().untilAsserted(() -> {
                var other = new Raw("alice", impatient.port());
                other.send(rpc(1, "<lock><target><running/></target></lock>"));
                assertThat(other.next()).contains("<ok/>");
            });
        }
    }

    /**
     * Forwards connections until it is dead: then it keeps them open and forwards nothing. While it is stuck it does not
     * even read what the server sends.
     */
    private static final class Link implements AutoCloseable {
        private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final List<Socket> sockets = new CopyOnWriteArrayList<>();
        private final AtomicBoolean dead = new AtomicBoolean();
        private final AtomicBoolean stuck = new AtomicBoolean();

        Link(int target) throws IOException {
            Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        var near = listener.accept();
                        var far = new Socket(InetAddress.getLoopbackAddress(), target);
                        sockets.addAll(List.of(near, far));
                        Thread.ofVirtual().start(() -> forward(near, far, new AtomicBoolean()));
                        Thread.ofVirtual().start(() -> forward(far, near, stuck));
                    }
                } catch (IOException _) {
                    // closed
                }
            });
        }

        int port() {
            return listener.getLocalPort();
        }

        private void forward(Socket from, Socket to, AtomicBoolean waiting) {
            var buffer = new byte[4096];
            try {
                for (var count = from.getInputStream().read(buffer);
                        count >= 0 && !waiting.get();
                        count = from.getInputStream().read(buffer)) {
                    if (!dead.get()) {
                        to.getOutputStream().write(buffer, 0, count);
                    }
                }
            } catch (IOException _) {
                // the other side is gone
            }
        }

        @Override
        public void close() throws IOException {
            listener.close();
            for (var socket : sockets) {
                socket.close();
            }
        }
    }
}
