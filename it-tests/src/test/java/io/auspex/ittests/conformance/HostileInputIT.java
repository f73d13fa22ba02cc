package io.auspex.ittests.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.auspex.ittests.conformance.Http.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rows A01 to A32, A85 and A92 to A114 of the catalogue of hostile input, each sent to the shipped server. After every one
 * the server answers others, and its reply has told nothing of its inside; over all of them its heap does not grow and others
 * are answered soon. A79 to A91 are in HttpServerTest and Http2Test.
 */
class HostileInputIT {
    private static final String TOP = "/restconf/data/rc-test:top";
    private static final String LEFT = TOP + "/left";
    private static final String JSON = "application/yang-data+json";
    private static final String XML = "application/yang-data+xml";
    private static final long MOST_GROWTH = 64L << 20;

    @TempDir
    private static Path folder;

    private static ConformanceServer server;
    private static Bystander bystander;
    private static long heapBefore;

    @BeforeAll
    static void start() throws Exception {
        server = ConformanceServer.start(folder);
        server.restore();
        heapBefore = server.heapInUse();
        bystander = Bystander.of(server);
    }

    @AfterAll
    static void stop() throws Exception {
        try (var _ = server) {
            bystander.close();
            bystander.wasServed();
            assertThat(server.heapInUse() - heapBefore).as("growth of the heap").isLessThan(MOST_GROWTH);
        }
    }

    @BeforeEach
    void restore() throws Exception {
        server.restore();
    }

    private static String left(String content) {
        return "<left xmlns=\"urn:rc-test\">" + content + "</left>";
    }

    private static String doctype(String subset, String content) {
        return "<!DOCTYPE left [" + subset + "]>" + left(content);
    }

    /** One attack in the content of a PUT, and the statuses that are safe. */
    private record Content(String row, String type, String path, byte[] body, Integer... statuses) {
        static Content xml(String row, String body, Integer... statuses) {
            return new Content(row, XML, LEFT, body.getBytes(StandardCharsets.UTF_8), statuses);
        }

        static Content json(String row, String body, Integer... statuses) {
            return new Content(row, JSON, LEFT, body.getBytes(StandardCharsets.UTF_8), statuses);
        }

        static Content of(String row, String type, String body, Charset charset, Integer... statuses) {
            return new Content(row, type, LEFT, body.getBytes(charset), statuses);
        }
    }

    private static String laughs() {
        var entities = new StringBuilder("<!ENTITY a0 \"ha\">");
        for (var i = 1; i < 10; i++) {
            entities.append("<!ENTITY a%d \"%s\">".formatted(i, ("&a" + (i - 1) + ";").repeat(10)));
        }
        return doctype(entities.toString(), "&a9;");
    }

    private static byte[] bytes(String before, int[] middle, String after) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(before.getBytes(StandardCharsets.UTF_8));
        for (var one : middle) {
            bytes.write(one);
        }
        bytes.writeBytes(after.getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    private static String attributes(String name, int count) {
        var text = new StringBuilder("<left xmlns=\"urn:rc-test\"");
        for (var i = 0; i < count; i++) {
            text.append(' ').append(name).append(i).append("=\"urn:").append(i).append('"');
        }
        return text.append("/>").toString();
    }

    /** Names that all have one hash code. */
    private static String colliding(int count) {
        var text = new StringBuilder("{\"rc-test:top\":{");
        for (var i = 0; i < count; i++) {
            text.append(i == 0 ? "\"" : ",\"");
            for (var bit = 0; bit < 14; bit++) {
                text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            text.append("\":1");
        }
        return text.append("}}").toString();
    }

    private static Stream<Content> contents() {
        return Stream.of(
                Content.xml("A01", doctype("<!ENTITY x SYSTEM \"file:///etc/passwd\">", "&x;"), 400),
                Content.xml("A03", laughs(), 400),
                Content.xml("A04", doctype("<!ENTITY q \"" + "q".repeat(100_000) + "\">", "&q;".repeat(10_000)), 400),
                Content.xml("A05", doctype("<!ENTITY % p SYSTEM \"file:///etc/passwd\"> %p;", ""), 400),
                Content.xml("A06", left("<a>".repeat(100_000)), 400, 413),
                Content.xml("A07", attributes("a", 20_000), 400, 413),
                Content.xml("A08", attributes("xmlns:p", 20_000), 400, 413),
                Content.xml("A09", "<left xmlns=\"urn:rc-test\" a=\"" + "v".repeat(5 << 20) + "\"/>", 400, 413),
                Content.xml("A09 name", "<" + "n".repeat(5 << 20) + "/>", 400, 413),
                Content.xml("A11", left("<a/>".repeat(3_000_000)), 400, 413),
                Content.xml("A12", left("\u0001"), 400),
                Content.xml("A12 noncharacter", left("\uFFFE"), 400),
                new Content(
                        "A13",
                        XML,
                        LEFT,
                        bytes("<left xmlns=\"urn:rc-test\">", new int[] {0xc0, 0x80}, "</left>"),
                        400),
                Content.of(
                        "A14",
                        XML,
                        "<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + left("x"),
                        StandardCharsets.UTF_16,
                        400),
                Content.xml("A15", "<left xmlns=\"urn:rc-test\">x", 400),
                Content.xml("A15 two roots", left("x") + left("y"), 400),
                Content.xml("A16", "<p:left>x</p:left>", 400),
                Content.xml("A16 namespace", "<left xmlns=\"urn:other\">x</left>", 400),
                Content.xml("A19", left("<!---->".repeat(1_000_000) + "x"), 201, 204),
                new Content("A20", JSON, TOP, colliding(10_000).getBytes(StandardCharsets.UTF_8), 400),
                Content.json("A21", "[".repeat(100_000), 400),
                new Content(
                        "A22",
                        JSON,
                        TOP + "/low",
                        ("{\"rc-test:low\":" + "1".repeat(1_000_000) + "}").getBytes(StandardCharsets.UTF_8),
                        400),
                new Content(
                        "A23",
                        JSON,
                        TOP + "/low",
                        "{\"rc-test:low\":1e1000000000}".getBytes(StandardCharsets.UTF_8),
                        400),
                Content.json("A24", "{\"rc-test:left\":\"a\",\"rc-test:left\":\"b\"}", 400),
                Content.json("A25", "{\"" + "n".repeat(60_000) + "\":1}", 400),
                Content.json("A26", "{\"rc-test:left\":'x'}", 400),
                Content.json("A26 comma", "{\"rc-test:left\":\"x\",}", 400),
                Content.json("A26 NaN", "{\"rc-test:low\":NaN}", 400),
                Content.json("A27", "{\"rc-test:left\":\"x\"} {}", 400),
                Content.json("A28", "{\"rc-test:left\":\"\\ud800\"}", 400),
                new Content("A29", JSON, TOP + "/big", "{\"rc-test:big\":5}".getBytes(StandardCharsets.UTF_8), 400),
                new Content(
                        "A29 string",
                        JSON,
                        TOP + "/mtu",
                        "{\"rc-test:mtu\":\"1500\"}".getBytes(StandardCharsets.UTF_8),
                        400),
                Content.json("A30", "{\"left\":\"x\"}", 400),
                Content.json("A30 metadata", "{\"@rc-test:left\":{\"a:b\":1}}", 400),
                Content.of("A31", JSON, "{\"rc-test:left\":\"x\"}", StandardCharsets.UTF_16, 400),
                new Content(
                        "A94",
                        JSON,
                        TOP + "/row=1",
                        "{\"rc-test:row\":[{\"id\":2}]}".getBytes(StandardCharsets.UTF_8),
                        400),
                Content.of("A97", "text/plain", "{\"rc-test:left\":\"x\"}", StandardCharsets.UTF_8, 415));
    }

    @TestFactory
    Stream<DynamicTest> contentIsRefusedAndTheServerGoesOn() {
        return contents()
                .map(attack -> dynamicTest(attack.row(), () -> {
                    // When
                    var answer = server.http()
                            .sendBytes("PUT", attack.path(), Map.of("Content-Type", attack.type()), attack.body());

                    // Then
                    assertThat(answer.status()).as(answer.body()).isIn((Object[]) attack.statuses());
                    theServerGoesOn(answer);
                }));
    }

    /** The global rule: nothing of the inside is told, and others are served. */
    private static void theServerGoesOn(Answer answer) throws Exception {
        assertThat(answer.body())
                .doesNotContain("\tat ", "Exception", "io.auspex", "tools.jackson", "root:", folder.toString())
                .hasSizeLessThan(4_096);
        var other = server.http().send("GET", TOP + "/row=1", Map.of(), null, ConformanceServer.ADMIN);
        assertThat(other.status()).isEqualTo(200);
    }

    private static Answer send(String method, String path, Map<String, String> headers, @Nullable String body)
            throws Exception {
        return server.http().send(method, path, headers, body, ConformanceServer.ADMIN);
    }

    @Test
    void a02AnExternalDtdIsNeverFetched() throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            other.setSoTimeout(300);
            var url = "http://127.0.0.1:" + other.getLocalPort() + "/x.dtd";
            for (var body : List.of(
                    "<!DOCTYPE left SYSTEM \"" + url + "\">" + left("x"),
                    "<?xml-stylesheet href=\"" + url + "\"?>" + left("x"),
                    left("<i:include xmlns:i=\"http://www.w3.org/2001/XInclude\" href=\"" + url + "\"/>"))) {
                theServerGoesOn(send("PUT", LEFT, Map.of("Content-Type", XML), body));
            }
            org.assertj.core.api.Assertions.assertThatThrownBy(other::accept)
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void a10WhatIsLargerThanTheLimitIs413BeforeItIsSent() throws IOException {
        var reply = RawHttp.send(server.port(), """
                PUT %s HTTP/1.1
                Host: 127.0.0.1
                Authorization: Basic YWRtaW46YWRtaW4=
                Content-Type: application/yang-data+xml
                Content-Length: 104857600

                """.formatted(LEFT));
        assertThat(reply).startsWith("HTTP/1.1 413");
    }

    @Test
    void a17CdataAndCommentsWithinALeafAreOneValue() throws Exception {
        assertThat(send("PUT", LEFT, Map.of("Content-Type", XML), left("a<![CDATA[b]]><!-- x -->c"))
                        .status())
                .isIn(201, 204);
        assertThat(send("GET", LEFT, Map.of(), null).body()).contains("\"abc\"");
    }

    @Test
    void a18WhatStandsTwiceIsNeverTakenOnce() throws Exception {
        for (var body : List.of(
                "<top xmlns=\"urn:rc-test\"><left>a</left><left>b</left></top>",
                "<top xmlns=\"urn:rc-test\"><row><id>1</id></row><row><id>1</id></row></top>",
                "<top xmlns=\"urn:rc-test\"><state/><state/></top>")) {
            var answer = send("PUT", TOP, Map.of("Content-Type", XML), body);
            assertThat(answer.status()).as(answer.body()).isBetween(400, 409);
            theServerGoesOn(answer);
        }
    }

    @Test
    void a32ANumberThatComesByteByByteHasTheSameLimits() throws Exception {
        var body = "{\"rc-test:mtu\":" + "1".repeat(20_000) + "}";
        var reply = RawHttp.sendBytewise(server.port(), """
                PUT %s/mtu HTTP/1.1
                Host: 127.0.0.1
                Authorization: Basic YWRtaW46YWRtaW4=
                Content-Type: application/yang-data+json
                Connection: close
                Content-Length: %d

                """.formatted(TOP, body.length()), body);
        assertThat(reply).startsWith("HTTP/1.1 400").contains("error-tag");
        assertThat(send("GET", TOP + "/mtu", Map.of(), null).body()).contains("1500");
    }

    @Test
    void a85CompressedContentIsNotTaken() throws Exception {
        var headers = Map.of("Content-Type", JSON, "Content-Encoding", "gzip");
        assertThat(send("PUT", LEFT, headers, "x").status()).isEqualTo(415);
    }

    @Test
    void a92a93PathsMeanWhatRfc8040SaysAndNothingElse() throws IOException {
        for (var path : List.of(
                "/rc-test:top/..%2f..",
                "/rc-test:top/entry=k1%2500,k2,k3/val",
                "/rc-test:top/mtu%00",
                "/rc-test:top/mtu%zz",
                "/rc-test:top/entry=k1%2Ck2%2Ck3",
                "/rc-test:top/entry=k1,k2,k3,k4")) {
            assertThat(RawHttp.get(server.port(), "/restconf/data" + path))
                    .as(path)
                    .matches("(?s)HTTP/1.1 40[04].*");
        }
        assertThat(RawHttp.get(server.port(), "/restconf/../../etc/passwd")).matches("(?s)HTTP/1.1 40[04].*");
    }

    @Test
    void a95ParametersOutsideOfTheirGrammarAre400() throws Exception {
        for (var query : List.of(
                "fields=((((",
                "fields=" + "(".repeat(5_000),
                "depth=0",
                "depth=-1",
                "depth=70000",
                "unknown=1",
                "depth=1&depth=1",
                "content=all&content=all")) {
            var answer = send("GET", TOP + "?" + query, Map.of(), null);
            assertThat(answer.status()).as(query).isEqualTo(400);
            assertThat(answer.body()).contains("invalid-value");
        }
    }

    @Test
    void a96MethodsThatNobodyHasAreRefusedWithThoseThatThereAre() throws IOException {
        for (var method : List.of("TRACE", "CONNECT", "PROPFIND")) {
            var reply = RawHttp.send(server.port(), method + " " + TOP + RawHttp.HEADERS);
            assertThat(reply).as(method).matches("(?s)HTTP/1.1 (400|405|501).*");
        }
        assertThat(RawHttp.send(server.port(), "PROPFIND " + TOP + RawHttp.HEADERS))
                .containsIgnoringCase("\nallow: GET");
    }

    @Test
    void a97WhatCannotBeGivenIs406() throws Exception {
        assertThat(send("GET", TOP, Map.of("Accept", "image/png"), null).status())
                .isEqualTo(406);
    }

    @Test
    void a98AnOldEntityTagLosesNoUpdate() throws Exception {
        var tag = send("GET", TOP + "/mtu", Map.of(), null).header("ETag");
        var headers = Map.of("Content-Type", JSON, "If-Match", tag);
        assertThat(send("PUT", TOP + "/mtu", headers, "{\"rc-test:mtu\":1501}").status())
                .isEqualTo(204);
        assertThat(send("PUT", TOP + "/mtu", headers, "{\"rc-test:mtu\":1502}").status())
                .isEqualTo(412);
        assertThat(send("GET", TOP + "/mtu", Map.of(), null).body()).contains("1501");
    }

    @Test
    void a99APatchIsDoneWholeOrNotAtAll() throws Exception {
        var edits = new ArrayList<String>();
        for (var i = 0; i < 5_000; i++) {
            edits.add(
                    "{\"edit-id\":\"%1$d\",\"operation\":\"create\",\"target\":\"/tag=t%1$d\",\"value\":{\"rc-test:tag\":[\"t%1$d\"]}}"
                            .formatted(i));
        }
        edits.add("{\"edit-id\":\"last\",\"operation\":\"delete\",\"target\":\"/row=99\"}");
        var patch = "{\"ietf-yang-patch:yang-patch\":{\"patch-id\":\"p\",\"edit\":[" + String.join(",", edits) + "]}}";
        var type = Map.of("Content-Type", "application/yang-patch+json");
        assertThat(send("PATCH", TOP, type, patch).status()).isEqualTo(409);
        assertThat(send("GET", TOP + "/tag=t0", Map.of(), null).status()).isEqualTo(404);
        var many = edits.getFirst().repeat(1) + ("," + edits.getFirst()).repeat(100_000);
        var tooMany = send(
                "PATCH", TOP, type, "{\"ietf-yang-patch:yang-patch\":{\"patch-id\":\"p\",\"edit\":[" + many + "]}}");
        assertThat(tooMany.status()).isIn(400, 413);
        theServerGoesOn(tooMany);
    }

    @Test
    void a100a101ABrowserOfAnotherSiteGetsNothing() throws Exception {
        var crossSite = Map.of("Content-Type", "text/plain", "Sec-Fetch-Site", "cross-site");
        assertThat(send("POST", TOP, crossSite, "{}").status()).isIn(403, 415);
        assertThat(send("POST", TOP, Map.of("Content-Type", JSON, "Origin", "https://evil.example"), "{}")
                        .status())
                .isEqualTo(403);
        for (var origin : List.of("https://evil.example", "null")) {
            assertThat(send("GET", TOP, Map.of("Origin", origin), null).header("Access-Control-Allow-Origin"))
                    .isEmpty();
        }
    }

    @Test
    void a102MarkupThatSomebodyHasStoredIsNeverShownAsAPage() throws Exception {
        var script = "<script>alert(1)</script>";
        var path = TOP + "/row=1/text";
        assertThat(send("PUT", path, Map.of("Content-Type", JSON), "{\"rc-test:text\":\"" + script + "\"}")
                        .status())
                .isIn(201, 204);
        var echoed = "/restconf/data/rc-test:top/%3Cscript%3Ealert(1)%3C%2Fscript%3E";
        for (var target : List.of(path, echoed)) {
            for (var accept : List.of("text/html,application/xhtml+xml,*/*;q=0.8", XML, "application/xml")) {
                var answer = send("GET", target, Map.of("Accept", accept), null);
                assertThat(answer.header("Content-Type")).as(accept).matches("application/(yang-data\\+)?(json|xml)");
                assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
                assertThat(answer.header("Content-Security-Policy")).contains("default-src 'none'");
                if (answer.header("Content-Type").endsWith("xml")) {
                    assertThat(answer.body()).doesNotContain("<script");
                }
            }
        }
    }

    @Test
    void a103EveryAnswerKeepsBrowsersFromHarm() throws Exception {
        var answer = send("GET", TOP, Map.of(), null);
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Content-Security-Policy")).contains("frame-ancestors 'none'");
    }

    @Test
    void a113WhatAGuestMayNotReadIsNowhere() throws Exception {
        var hidden = """
                {"name": "mtu", "path": "/rc-test:top/rc-test:mtu", "access-operations": "*", "action": "deny"},
                {"name": "row", "path": "/rc-test:top/rc-test:row[rc-test:id='2']", "access-operations": "*", "action": "deny"}""";
        try (var _ = server.guestsHave(hidden)) {
            for (var path : List.of(
                    TOP,
                    TOP + "?fields=mtu;row",
                    TOP + "?with-defaults=report-all",
                    "/restconf/data?fields=rc-test:top",
                    "/restconf/ds/ietf-datastores:operational/rc-test:top?with-origin",
                    TOP + "/row?limit=9",
                    TOP + "/row?where=../mtu%3D1500",
                    TOP + "/row?sort-by=text&limit=9")) {
                var answer = guest("GET", path, Map.of(), null);
                assertThat(answer.body()).as(path).doesNotContain("1500", "\"id\":2");
            }
            assertThat(guest("GET", TOP + "/mtu", Map.of(), null).status()).isEqualTo(404);
            assertThat(guest("GET", TOP + "/mtu", Map.of("If-None-Match", "*"), null)
                            .status())
                    .isEqualTo(404);
            assertThat(guest("GET", TOP + "/row=2", Map.of(), null).status()).isEqualTo(404);
            assertThat(guest("GET", TOP + "/row?where=../mtu%3D1500", Map.of(), null)
                            .body())
                    .doesNotContain("id");
        }
    }

    @Test
    void a114WhatAGuestMayNotWriteStaysWhateverStandsAround() throws Exception {
        var rules = """
                {"name": "row", "path": "/rc-test:top/rc-test:row[rc-test:id='2']", "access-operations": "*", "action": "deny"},
                {"name": "top", "path": "/rc-test:top", "access-operations": "*", "action": "permit"}""";
        var before = deniedWrites();
        var json = Map.of("Content-Type", JSON);
        try (var _ = server.guestsHave(rules)) {
            assertThat(guest("DELETE", TOP, Map.of(), null).status()).isEqualTo(403);
            assertThat(guest("PUT", TOP, json, "{\"rc-test:top\":{\"mtu\":1700}}")
                            .status())
                    .isEqualTo(403);
            assertThat(guest("PATCH", TOP, json, "{\"rc-test:top\":{\"row\":[{\"id\":2,\"text\":\"x\"}]}}")
                            .status())
                    .isEqualTo(403);
            assertThat(guest("PATCH", TOP, Map.of("Content-Type", "application/yang-patch+json"), """
                            {"ietf-yang-patch:yang-patch": {"patch-id": "p", "edit": [
                              {"edit-id": "1", "operation": "merge", "target": "/mtu", "value": {"rc-test:mtu": 1700}},
                              {"edit-id": "2", "operation": "move", "target": "/row=2", "where": "first"}]}}""")
                            .status())
                    .isEqualTo(403);
        }
        assertThat(send("GET", TOP + "/mtu", Map.of(), null).body()).contains("1500");
        assertThat(send("GET", TOP + "/row", Map.of(), null).body()).contains("{\"id\":2,\"text\":\"b\"}");
        assertThat(deniedWrites()).isGreaterThan(before);
    }

    private static long deniedWrites() throws Exception {
        var body = send("GET", "/restconf/data/ietf-netconf-acm:nacm/denied-data-writes", Map.of(), null)
                .body();
        return Long.parseLong(body.replaceAll("\\D", ""));
    }

    private static Answer guest(String method, String path, Map<String, String> headers, @Nullable String body)
            throws Exception {
        return server.http().send(method, path, headers, body, ConformanceServer.GUEST);
    }
}
