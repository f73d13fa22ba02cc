package io.auspex.restconfserver.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.restconfserver.http.HttpLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpServerTest {
    private static final Duration LONG = Duration.ofMinutes(9);
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(3);
    private static final long BODY = 1 << 20;

    private final EchoHandler handler = new EchoHandler();
    private HttpServer server;
    private InetSocketAddress address;

    @BeforeEach
    void start() throws IOException {
        start(limits(LONG, LONG, LONG, LONG));
    }

    private void start(HttpLimits limits) throws IOException {
        server = new HttpServer(handler, limits, BODY, 1);
        address = server.listenPlain(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /** What the server waits for is up to the test; it looks as often as a header section may take. */
    private void restart(HttpLimits limits) throws IOException {
        server.close();
        start(limits);
    }

    private static HttpLimits limits(Duration headerTime, Duration idleTime, Duration bodyGrace, Duration writeTime) {
        return new HttpLimits(
                100, 100, 100, 8 << 10, 16 << 10, 200, headerTime, idleTime, 1 << 10, bodyGrace, writeTime, 100);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Wire wire() throws IOException {
        return new Wire(address);
    }

    private static String get(String path, String... headers) {
        return "GET " + path + " HTTP/1.1\r\nHost: a\r\n" + String.join("", headers) + "\r\n";
    }

    @Nested
    class Requests {
        @Test
        void pipelinedRequestsAreAnsweredInOrder() throws IOException {
            // Given
            var close = "Connection: close\r\n";
            try (var wire = wire()) {
                // When
                wire.send(get("/1") + get("/2") + get("/3", close));

                // Then
                assertThat(wire.all()).containsSubsequence("GET /1?null", "GET /2?null", "GET /3?null");
            }
        }

        @Test
        void aBodyThatNobodyReadIsDroppedAndTheNextRequestIsServed() throws IOException {
            try (var wire = wire()) {
                // When
                wire.send("POST /ignored HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n" + "x".repeat(1000)
                        + get("/2", "Connection: close\r\n"));

                // Then
                assertThat(wire.all()).containsSubsequence("HTTP/1.1 204", "GET /2");
            }
        }

        @Test
        void aBodyInChunksIsReadWhole() throws IOException {
            try (var wire = wire()) {
                // When
                wire.send("POST /body HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                        + "3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\n\r\n");

                // Then
                assertThat(wire.all()).endsWith("abcdefg");
            }
        }

        @Test
        void aClientThatExpectsContinueIsToldToContinue() throws IOException {
            try (var wire = wire()) {
                // When
                wire.send("POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n"
                        + "Connection: close\r\n\r\n");
                var interim = wire.until("\r\n\r\n");
                wire.send("ok");

                // Then
                assertThat(interim).startsWith("HTTP/1.1 100 Continue");
                assertThat(wire.all()).startsWith("HTTP/1.1 200").endsWith("ok");
            }
        }

        @Test
        void headHasTheHeadersOfGetAndNoContent() throws IOException {
            try (var wire = wire()) {
                // When
                wire.send("HEAD /x HTTP/1.1\r\nHost: a\r\n\r\n" + get("/y", "Connection: close\r\n"));

                // Then
                assertThat(wire.all()).containsIgnoringCase("content-length: 12\r\n\r\nHTTP/1.1 200");
            }
        }

        @Test
        void everyAnswerKeepsBrowsersFromHarm() throws IOException {
            try (var wire = wire()) {
                // When
                wire.send(get("/", "Connection: close\r\n"));

                // Then
                assertThat(wire.all().toLowerCase(java.util.Locale.ROOT))
                        .contains(
                                "cache-control: no-cache",
                                "x-content-type-options: nosniff",
                                "frame-ancestors 'none'",
                                "date: ")
                        .doesNotContain("strict-transport-security", "access-control-allow-origin", "server:");
            }
        }

        @Test
        void aReplyThatFailsBeforeItsFirstByteIsAnError() throws IOException {
            try (var wire = wire()) {
                // When
                wire.send(get("/broken", "Connection: close\r\n"));

                // Then
                assertThat(wire.all()).startsWith("HTTP/1.1 500").doesNotContain("no such luck");
            }
        }
    }

    @Nested
    class Smuggling_RFC9112_11_2 {
        private static final String NEXT = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

        /** Some requests end only when their sender has been waited for. */
        @BeforeEach
        void waitNotForLong() throws IOException {
            restart(limits(PAUSE, SHORT, SHORT, LONG));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
                    "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
                    "Content-Length: 4\r\nContent-Length: 5\r\n",
                    "Content-Length: 4\r\nContent-Length: 4\r\n",
                    "Content-Length: 4, 5\r\n",
                    "Content-Length: +4\r\n",
                    "Content-Length: -4\r\n",
                    "Content-Length: 0x4\r\n",
                    "Transfer-Encoding: chunked, identity\r\n",
                    "Transfer-Encoding: identity, chunked\r\n",
                    "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
                    "Transfer-Encoding: gzip\r\n",
                    "Transfer-Encoding: xchunked\r\n",
                    "Transfer-Encoding : chunked\r\n",
                    "Transfer-Encoding:\u000bchunked\r\n",
                    "X: a\r\n Transfer-Encoding: chunked\r\n",
                    "X: a\r\n\tb\r\n",
                    " X: a\r\n",
                    "X: a\rb\r\n",
                    "X: a\u0000b\r\n",
                    "X\u0000: a\r\n",
                    "X: a\nY: b\r\n",
                    "Host: b\r\n"
                })
        void a82WhatTwoPartiesCouldReadInTwoWaysIsRefusedAndTheConnectionClosed(String header) throws IOException {
            try (var wire = wire()) {
                // When
                wire.send("POST /body HTTP/1.1\r\nHost: a\r\n" + header + "\r\n0\r\n\r\n" + NEXT);
                var answer = wire.all();

                // Then
                assertThat(answer).startsWith("HTTP/1.1 400").doesNotContain("smuggled");
                assertThat(answer.split("HTTP/1.1 ")).hasSize(2);
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "3;a\nb\r\nabc\r\n0\r\n\r\n",
                    "3;a=\"x\r\ny\"\r\nabc\r\n0\r\n\r\n",
                    "100000004\r\nabcd\r\n0\r\n\r\n",
                    "3\nabc\r\n0\r\n\r\n",
                    "-3\r\nabc\r\n0\r\n\r\n",
                    "0x3\r\nabc\r\n0\r\n\r\n",
                    "3\r\nabcd\r\n0\r\n\r\n",
                    "\r\n"
                })
        void a83ChunksThatAreNotWellFormedEndTheConnection(String chunks) throws IOException {
            try (var wire = wire()) {
                // When
                wire.send("POST /body HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + NEXT);
                var answer = wire.all();

                // Then
                assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("smuggled");
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "GET http://evil/x HTTP/1.1\r\nHost: a\r\n\r\n",
                    "GET /\u0001 HTTP/1.1\r\nHost: a\r\n\r\n",
                    "GET /x#y HTTP/1.1\r\nHost: a\r\n\r\n",
                    "GET x HTTP/1.1\r\nHost: a\r\n\r\n",
                    "GET /x HTTP/1.1\r\n\r\n",
                    "GET /x HTTP/1.1\r\nHost: a b\r\n\r\n",
                    "GET /x HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
                    "GET /x\r\nHost: a\r\n\r\n",
                    "nonsense\r\n\r\n"
                })
        void a91ARequestTargetOrHostThatIsWrongIs400(String request) throws IOException {
            try (var wire = wire()) {
                // When
                wire.send(request);

                // Then
                assertThat(wire.all()).startsWith("HTTP/1.1 400");
                assertThat(handler.requests).hasValue(0);
            }
        }
    }

    @Nested
    class Limits {
        @Test
        void a84ALongTargetIs414() throws IOException {
            try (var wire = wire()) {
                // When
                wire.send("GET /" + "x".repeat(9000) + " HTTP/1.1\r\nHost: a\r\n\r\n");

                // Then
                assertThat(wire.all()).startsWith("HTTP/1.1 414");
            }
        }

        @Test
        void a84LargeHeadersAre431() throws IOException {
            try (var wire = wire()) {
                // When
                wire.send(get("/", "X: " + "x".repeat(17_000) + "\r\n"));

                // Then
                assertThat(wire.all()).startsWith("HTTP/1.1 431");
            }
        }

        @Test
        void a84ManyHeadersAre431() throws IOException {
            try (var wire = wire()) {
                // When
                wire.send(get("/", "X: y\r\n".repeat(201)));

                // Then
                assertThat(wire.all()).startsWith("HTTP/1.1 431");
            }
        }

        @Test
        void aLargeDeclaredBodyIs413BeforeItIsSent() throws IOException {
            try (var wire = wire()) {
                // When
                wire.send("POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: " + (BODY + 1) + "\r\n\r\n");

                // Then
                assertThat(wire.all()).startsWith("HTTP/1.1 413");
            }
        }

        @Test
        void aLargeBodyInChunksIs413() throws IOException {
            try (var wire = wire()) {
                // Given
                var chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
                wire.send("POST /body HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");

                // When
                for (var i = 0; i < 17; i++) {
                    wire.send(chunk);
                }

                // Then
                assertThat(wire.until("\r\n")).startsWith("HTTP/1.1 413");
            }
        }

        @Test
        void a79ASlowHeadEndsTheConnection() throws IOException {
            // Given
            restart(limits(SHORT, LONG, LONG, LONG));
            try (var wire = wire()) {
                // When
                wire.send("GET / HTTP/1.1\r\nHo");

                // Then
                assertThat(wire.all()).isEmpty();
            }
        }

        @Test
        void a80ASlowBodyIs408() throws IOException {
            // Given
            restart(limits(LONG, LONG, SHORT, LONG));
            try (var wire = wire()) {
                // When
                wire.send("POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nx");

                // Then
                assertThat(wire.until("\r\n")).startsWith("HTTP/1.1 408");
            }
        }

        @Test
        void anIdleConnectionIsClosed() throws IOException {
            // Given
            restart(limits(PAUSE, SHORT, LONG, LONG));
            try (var wire = wire()) {
                // When
                wire.send(get("/"));
                var answer = wire.all();

                // Then
                assertThat(answer).startsWith("HTTP/1.1 200");
            }
        }

        @Test
        void a81APeerThatDoesNotReadHasABoundedBufferAndIsCutOff() throws Exception {
            // Given
            restart(limits(PAUSE, LONG, LONG, SHORT));
            try (var wire = wire()) {
                // When
                wire.send(get("/endless"));

                // Then
                assertThat(handler.ended.await(30, TimeUnit.SECONDS)).isTrue();
                assertThat(handler.written.get()).isPositive().isLessThan(16L << 20);
            }
        }

        @Test
        void aStreamIsToldOfTheEndOfItsConnection() throws Exception {
            // Given
            try (var wire = wire()) {
                wire.send(get("/events"));
                wire.until("data: 1");

                // When
                wire.close();
            }

            // Then
            assertThat(handler.disconnected.await(30, TimeUnit.SECONDS)).isTrue();
        }

        @Test
        void connectionsBeyondTheLimitAreClosed() throws IOException {
            // Given
            var wires = new java.util.ArrayList<Wire>();
            try {
                for (var i = 0; i < 100; i++) {
                    wires.add(wire());
                }

                // When
                var more = wire();
                wires.add(more);

                // Then
                assertThat(more.all()).isEmpty();
            } finally {
                for (var wire : wires) {
                    wire.close();
                }
            }
        }
    }

    @Nested
    class Security {
        @TempDir
        Path folder;

        @Test
        void plainHttpOnAnyOtherThanALoopbackAddressIsRefused() {
            // When Then
            assertThatThrownBy(() -> server.listenPlain(new InetSocketAddress("0.0.0.0", 0)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("plain HTTP is for loopback only");
        }

        @Test
        void theCertificateIsMadeOnceAndItsKeyIsForTheOwnerOnly() throws IOException {
            // Given
            SelfSignedCertificate.in(folder, List.of("localhost", "127.0.0.1"), Instant.now());
            var before = Files.readString(folder.resolve("server.cert.pem"));

            // When
            SelfSignedCertificate.in(folder, List.of("localhost", "127.0.0.1"), Instant.now());

            // Then
            assertThat(folder.resolve("server.cert.pem")).hasContent(before);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("server.key.pem"))))
                    .isEqualTo("rw-------");
        }

        @ParameterizedTest
        @ValueSource(strings = {"HTTP_1_1", "HTTP_2"})
        void bothVersionsAreSpokenOverTls(HttpClient.Version version) throws Exception {
            // Given
            var certificate = SelfSignedCertificate.in(folder, List.of("localhost", "127.0.0.1"), Instant.now());
            try (var patient = new HttpServer(handler, HttpLimits.DEFAULT, BODY, 1);
                    var client = HttpClient.newBuilder()
                            .sslContext(trusting(folder.resolve("server.cert.pem")))
                            .version(version)
                            .build()) {
                var secure = patient.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), certificate);
                var request = HttpRequest.newBuilder(URI.create("https://localhost:" + secure.getPort() + "/body"))
                        .POST(HttpRequest.BodyPublishers.ofString("x".repeat(500_000)))
                        .build();

                // When
                var answer = client.send(request, HttpResponse.BodyHandlers.ofString());

                // Then
                assertThat(answer.version()).isEqualTo(version);
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).hasSize(500_000);
                assertThat(answer.headers().firstValue("strict-transport-security"))
                        .isPresent();
            }
        }

        private static SSLContext trusting(Path certificate) throws Exception {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            try (var in = Files.newInputStream(certificate)) {
                store.setCertificateEntry(
                        "server", CertificateFactory.getInstance("X.509").generateCertificate(in));
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        }
    }
}
