package io.auspex.restconfserver;

import static io.auspex.restconfserver.TestClient.JSON;
import static io.auspex.restconfserver.TestClient.XML;
import static io.auspex.restconfserver.TestClient.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestconfEndpointTest {
    private static final String TOP = "/restconf/data/rc-test:top";
    private final InstantSource clock = InstantSource.fixed(Instant.parse("2100-11-21T10:00:00Z"));
    private final TestClient client = new TestClient(new OpenManagement(Models.MODEL), clock);

    @BeforeEach
    void fill() {
        var made = client.put(TOP, """
            {"rc-test:top": {"mtu": 1500, "tag": ["a", "a/b", "x"], "prio": ["p1", "p2", "p3"],
              "entry": [{"a": "k1", "b": "k2", "c": "k3", "val": "v"}],
              "row": [{"id": 1}, {"id": 2}, {"id": 3}]}}\
            """);
        assertThat(made.status()).isEqualTo(201);
    }

    private static String tag(TestClient.Answer answer) {
        return answer.content().replaceAll(".*\"error-tag\":\"([^\"]*)\".*", "$1");
    }

    @Nested
    class Section_2_5_Authentication {
        @Test
        void withoutCredentialsTheAnswerIs401WithAChallengeAndAnErrorsArray() {
            // When
            var answer = client.send("GET", TOP, java.util.Map.of(), "");

            // Then
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Basic realm=\"auspex\", charset=\"UTF-8\"");
            assertThat(answer.content())
                    .isEqualTo("{\"ietf-restconf:errors\":{\"error\":[{\"error-type\":\"protocol\","
                            + "\"error-tag\":\"access-denied\",\"error-message\":\"It is not said who asks.\"}]}}");
        }

        @ParameterizedTest
        @CsvSource({"YWRtaW46d3Jvbmc=,401", "bm9ib2R5OmFkbWlu,401", "YWRtaW4=,401", "%%%,401", "YnVzeTp4,503"})
        void whatIsNotProvedIsRefused(String credentials, int status) {
            // When
            var answer = client.send("GET", TOP, with("Authorization", "Basic " + credentials), "");

            // Then
            assertThat(answer.status()).isEqualTo(status);
        }
    }

    @Nested
    class Section_3_3_Root {
        @Test
        void hostMetaNeedsNoLogin() {
            // When
            var answer = client.send("GET", "/.well-known/host-meta", java.util.Map.of(), "");

            // Then
            assertThat(answer.header("Content-Type")).isEqualTo("application/xrd+xml");
            assertThat(answer.content()).contains("<Link rel='restconf' href='/restconf'/>");
        }

        @Test
        void operationsAreMembersOfTypeEmpty() {
            // When
            var answer = client.get("/restconf/operations");

            // Then
            assertThat(answer.content())
                    .startsWith("{\"ietf-restconf:operations\":{")
                    .contains("\"rc-test:echo\":[null]", "\"example-jukebox:play\":[null]");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
            depth=1                            | 200 | {}
            depth=2                            | 200 | {"data":{},"operations":{},"yang-library-version":"2019-01-04"}
            fields=data;yang-library-version   | 200 | {"data":{},"yang-library-version":"2019-01-04"}
            fields=ietf-restconf:operations    | 200 | {"operations":{}}
            depth=0                            | 400 | invalid-value
            fields=nosuch                      | 400 | invalid-value
            content=config                     | 400 | invalid-value
            """)
        void theRootHasDepthAndFieldsAlone(String query, int status, String content) {
            // When
            var answer = client.get("/restconf?" + query);
            var xml = client.send("GET", "/restconf?" + query, with("Accept", XML), "");

            // Then
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.content()).contains(content);
            assertThat(xml.content().contains("<operations/>")).isEqualTo(content.contains("operations"));
        }

        @Test
        void theRootIsGivenInXmlToo() {
            // When
            var answer = client.send("GET", "/restconf", with("Accept", XML), "");

            // Then
            assertThat(answer.content())
                    .isEqualTo("<restconf xmlns=\"urn:ietf:params:xml:ns:yang:ietf-restconf\"><data/><operations/>"
                            + "<yang-library-version>2019-01-04</yang-library-version></restconf>");
        }
    }

    @Nested
    class Section_3_4_1_Conditions {
        private static final String NEW = "{\"rc-test:mtu\":1600}";

        private String etag() {
            return String.valueOf(client.get(TOP).header("ETag"));
        }

        @Test
        void anEditWithTheTagOfAnOldVersionIs412AndChangesNothing() {
            // Given
            var old = etag();
            assertThat(client.put(TOP + "/mtu", NEW).status()).isEqualTo(204);

            // When
            var answer = client.send(
                    "PUT", TOP, with("Content-Type", JSON, "If-Match", old), "{\"rc-test:top\":{\"mtu\":9000}}");

            // Then
            assertThat(answer.status()).isEqualTo(412);
            assertThat(tag(answer)).isEqualTo("operation-failed");
            assertThat(client.get(TOP + "/mtu").content()).isEqualTo(NEW);
        }

        @Test
        void anEditWithTheTagOfTheVersionThatIsThereTakesPlace() {
            // When
            var answer = client.send(
                    "PUT",
                    TOP,
                    with("Content-Type", JSON, "If-Match", "\"other\", " + etag()),
                    "{\"rc-test:top\":{\"mtu\":9000}}");

            // Then
            assertThat(answer.status()).isEqualTo(204);
        }

        @ParameterizedTest
        @CsvSource({
            "PUT,If-None-Match,*",
            "PUT,If-Match,\"nope\"",
            "DELETE,If-Match,\"nope\"",
            "PATCH,If-Match,W/\"1-j\"",
            "PUT,If-Unmodified-Since,'Mon, 01 Jan 2001 00:00:00 GMT'"
        })
        void aConditionThatDoesNotHoldIs412(String method, String header, String value) {
            // When
            var answer = client.send(
                    method,
                    TOP + "/mtu",
                    with("Content-Type", JSON, header, value),
                    method.equals("DELETE") ? "" : NEW);

            // Then
            assertThat(answer.status()).isEqualTo(412);
        }

        @Test
        void aReadWithTheTagOfTheSameEncodingIs304AndOfTheOtherIs200() {
            // Given
            var known = etag();

            // When
            var same = client.send("GET", TOP, with("If-None-Match", known), "");
            var other = client.send("GET", TOP, with("If-None-Match", known, "Accept", XML), "");

            // Then
            assertThat(same.status()).isEqualTo(304);
            assertThat(same.content()).isEmpty();
            assertThat(other.status()).isEqualTo(200);
            assertThat(other.header("ETag")).isNotEqualTo(known);
        }
    }

    @Nested
    class Section_4_Methods {
        @ParameterizedTest
        @CsvSource({
            "DELETE,/restconf/data",
            "PUT,/restconf/data/rc-test:top/state/uptime",
            "DELETE,/restconf/data/rc-test:top/row",
            "GET,/restconf/operations/rc-test:ping",
            "POST,/restconf/data/rc-test:top/mtu",
            "PUT,/restconf",
            "GET,/restconf/data/rc-test:top/entry=k1%2Ck2%2Ck3/wipe",
            "PUT,/restconf/ds/ietf-datastores:operational/rc-test:top/mtu",
            "TRACE,/restconf/data"
        })
        void aMethodThatAResourceHasNotIs405WithAllow(String method, String target) {
            // When
            var answer = client.send(method, target.replace("%2C", ","), with("Content-Type", JSON), "{}");

            // Then
            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.header("Allow")).isNotEmpty().doesNotContain(method + ",");
        }

        @Test
        void anEventLoopReadsOneEntryOrLeafAndNoList() {
            // Given
            client.post(TOP, "{\"rc-test:entry\":[{\"a\":\"1\",\"b\":\"2\",\"c\":\"3\"}]}");
            client.put(TOP + "/mtu", "{\"rc-test:mtu\":1400}");

            // Then
            assertThat(client.isReadNow(TOP + "/entry=1,2,3")).isTrue();
            assertThat(client.isReadNow(TOP + "/entry=1,2,3/a")).isTrue();
            assertThat(client.isReadNow(TOP + "/mtu")).isTrue();
            assertThat(client.isReadNow(TOP + "/entry")).isFalse();
            assertThat(client.isReadNow(TOP)).isFalse();
            assertThat(client.isReadNow("/restconf/data")).isFalse();
        }

        @Test
        void theDatastoreAsAResourceHasItsNameInTheContent() {
            // When
            var bare =
                    client.send("PUT", "/restconf/data", with("Content-Type", JSON), "{\"rc-test:top\":{\"low\":3}}");
            var named = client.send(
                    "PUT",
                    "/restconf/data",
                    with("Content-Type", JSON),
                    "{\"ietf-restconf:data\":{\"rc-test:top\":{\"low\":3}}}");

            // Then
            assertThat(bare.status()).isEqualTo(400);
            assertThat(bare.content()).contains("'rc-test:top'").contains("'ietf-restconf:data'");
            assertThat(named.status()).isEqualTo(204);
        }

        @Test
        void aMethodThatNobodyHasIs501() {
            // When
            var answer = client.send("BREW", TOP, with(), "");

            // Then
            assertThat(answer.status()).isEqualTo(501);
        }

        @Test
        void postTellsWhereTheNewResourceIsWithoutTrustingTheHostHeader() {
            // When
            var answer = client.post(TOP, "{\"rc-test:entry\":[{\"a\":\"x y\",\"b\":\"/\",\"c\":\",\"}]}");

            // Then
            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.header("Location")).isEqualTo("/restconf/data/rc-test:top/entry=x%20y,%2F,%2C");
        }

        @Test
        void postOfWhatExistsIs409() {
            // When
            var answer = client.post(TOP, "{\"rc-test:row\":[{\"id\":1}]}");

            // Then
            assertThat(answer.status()).isEqualTo(409);
            assertThat(tag(answer)).isEqualTo("data-exists");
        }

        @Test
        void postBelowAnEntryThatDoesNotExistIs404AndMakesNothing() {
            // When
            var answer = client.post(TOP + "/row=77", "{\"rc-test:text\":\"x\"}");

            // Then
            assertThat(answer.status()).isEqualTo(404);
            assertThat(client.get(TOP + "/row=77").status()).isEqualTo(404);
        }

        @Test
        void patchOfWhatDoesNotExistIs404AndMakesNothing() {
            // When
            var answer = client.patch(TOP + "/row=77", "{\"rc-test:row\":[{\"id\":77}]}");

            // Then
            assertThat(answer.status()).isEqualTo(404);
            assertThat(client.get(TOP + "/row=77").status()).isEqualTo(404);
        }

        @Test
        void anEntryWithOtherKeysThanItsTargetIsRefused() {
            // When
            var answer = client.put(TOP + "/row=1", "{\"rc-test:row\":[{\"id\":2}]}");

            // Then
            assertThat(answer.status()).isEqualTo(400);
            assertThat(tag(answer)).isEqualTo("invalid-value");
        }

        @Test
        void aKeyCannotBeChanged() {
            // When
            var answer = client.put(TOP + "/row=1/id", "{\"rc-test:id\":9}");

            // Then
            assertThat(answer.status()).isEqualTo(400);
        }

        @Test
        void deleteOfOneValueOfALeafListLeavesTheOthers() {
            // When
            var answer = client.delete(TOP + "/tag=a%2Fb");

            // Then
            assertThat(answer.status()).isEqualTo(204);
            assertThat(client.get(TOP + "/tag").content()).isEqualTo("{\"rc-test:tag\":[\"a\",\"x\"]}");
        }
    }

    @Nested
    class Section_4_8_Parameters {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "depth=0",
                    "depth=-1",
                    "depth=65536",
                    "depth=70000",
                    "depth=x",
                    "depth=",
                    "depth=1&depth=1",
                    "nosuch=1",
                    "content=some",
                    "with-defaults=x",
                    "fields=((((",
                    "with-origin",
                    "insert=first",
                    "start-time=2020-01-01T00:00:00Z",
                    "depth=%zz",
                    "content=config&content=config"
                })
        void aParameterThatIsUnknownRepeatedOrWrongIs400(String query) {
            // When
            var answer = client.get(TOP + "?" + query);

            // Then
            assertThat(answer.status()).isEqualTo(400);
            assertThat(tag(answer)).isEqualTo("invalid-value");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "stop-time=2030-01-01T00:00:00Z",
                    "start-time=2030-01-01T00:00:00Z&stop-time=2030-01-01T00:00:00Z",
                    "start-time=yesterday",
                    "filter=[[",
                    "depth=1"
                })
        void aStreamParameterThatIsWrongIs400(String query) {
            // When
            var answer = client.send(
                    "GET", "/restconf/streams/NETCONF/json?" + query, with("Accept", "text/event-stream"), "");

            // Then
            assertThat(answer.status()).isEqualTo(400);
        }

        @ParameterizedTest
        @ValueSource(strings = {"ietf-datastores:startup", "ietf-datastores:candidate", "running", ""})
        void aDatastoreThatIsNotServedIs404(String name) {
            // When
            var answer = client.get("/restconf/ds/" + name + "/rc-test:top");

            // Then
            assertThat(answer.status()).isEqualTo(404);
        }

        @ParameterizedTest
        @ValueSource(strings = {"depth=1&", "&depth=1", "&", ""})
        void emptyPiecesOfAQueryMeanNothing(String query) {
            // When
            var answer = client.get(TOP + "?" + query);

            // Then
            assertThat(answer.status()).isEqualTo(200);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "insert=before",
                    "point=%2Frc-test%3Atop%2Frow%3D2",
                    "insert=first&point=%2Frc-test%3Atop%2Frow%3D2",
                    "insert=middle",
                    "insert=after&point=rc-test%3Atop%2Frow%3D2",
                    "insert=after&point=%2Frc-test%3Atop%2Frow",
                    "insert=after&point=%2Frc-test%3Atop%2Fprio%3Dp1",
                    "insert=after&point=%2Frc-test%3Atop%2Frow%3D99"
                })
        void insertAndPointThatDoNotGoTogetherAre400(String query) {
            // When
            var answer = client.post(TOP + "?" + query, "{\"rc-test:row\":[{\"id\":9}]}");

            // Then
            assertThat(answer.status()).isEqualTo(400);
        }

        @Test
        void insertIntoAListOrderedByTheSystemIs400() {
            // When
            var answer =
                    client.post(TOP + "?insert=first", "{\"rc-test:entry\":[{\"a\":\"1\",\"b\":\"2\",\"c\":\"3\"}]}");

            // Then
            assertThat(answer.status()).isEqualTo(400);
        }

        @Test
        void anEntryIsInsertedAtItsPoint() {
            // When
            client.post(TOP + "?insert=before&point=%2Frc-test%3Atop%2Frow%3D2", "{\"rc-test:row\":[{\"id\":9}]}");

            // Then
            assertThat(client.get(TOP + "/row").content())
                    .isEqualTo("{\"rc-test:row\":[{\"id\":1},{\"id\":9},{\"id\":2},{\"id\":3}]}");
        }
    }

    @Nested
    class Section_5_2_MediaTypes {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "application/yang-data+xml;q=0.2, application/yang-data+json;q=0.9 | application/yang-data+json",
                    "application/yang-data+xml, application/yang-data+json;q=0.9 | application/yang-data+xml",
                    "*/*, application/yang-data+json;q=0 | application/yang-data+xml",
                    "application/*;q=0.5, application/yang-data+xml | application/yang-data+xml",
                    "text/html, */*;q=0.1 | application/yang-data+json",
                    "*/* | application/yang-data+json"
                })
        void theAcceptedEncodingOfHighestQualityIsGiven(String accept, String type) {
            // When
            var answer = client.send("GET", TOP, with("Accept", accept), "");

            // Then
            assertThat(answer.header("Content-Type")).isEqualTo(type);
        }

        @ParameterizedTest
        @ValueSource(strings = {"text/plain", "application/yang-data+json;q=0", "nonsense", "text/event-stream"})
        void nothingAcceptableIs406(String accept) {
            // When
            var answer = client.send("GET", TOP, with("Accept", accept), "");

            // Then
            assertThat(answer.status()).isEqualTo(406);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "text/plain",
                    "application/x-www-form-urlencoded",
                    "multipart/form-data; boundary=x",
                    "application/yang-data+json;charset=utf-16",
                    "application/yang-patch+json",
                    "json"
                })
        void otherContentIs415(String type) {
            // When
            var answer = client.send("PUT", TOP + "/mtu", with("Content-Type", type), "{\"rc-test:mtu\":1600}");

            // Then
            assertThat(answer.status()).isEqualTo(415);
        }

        @ParameterizedTest
        @CsvSource({"PATCH,application/yang-patch+xml", "PUT,"})
        void whoPatchesWithAnotherTypeIsToldWhichAreTaken(String method, String told) {
            // When
            var answer = client.send(method, TOP, with("Content-Type", "application/json-patch+json"), "[]");

            // Then
            assertThat(answer.status()).isEqualTo(415);
            if (told == null) {
                assertThat(answer.headers()).doesNotContainKey("Accept-Patch");
            } else {
                assertThat(answer.header("Accept-Patch")).contains(told);
            }
        }

        @Test
        void noContentWhereAResourceIsExpectedIsMalformed() {
            // When
            var answer = client.put(TOP + "/mtu", "");

            // Then
            assertThat(answer.status()).isEqualTo(400);
            assertThat(tag(answer)).isEqualTo("malformed-message");
        }

        @Test
        void compressedContentIs415() {
            // When
            var answer = client.send(
                    "PUT",
                    TOP + "/mtu",
                    with("Content-Type", JSON, "Content-Encoding", "gzip"),
                    "{\"rc-test:mtu\":1600}");

            // Then
            assertThat(answer.status()).isEqualTo(415);
        }

        @Test
        void anErrorIsInTheEncodingThatTheClientAccepts() {
            // When
            var answer = client.send("GET", TOP + "/nosuch", with("Accept", XML), "");

            // Then
            assertThat(answer.header("Content-Type")).isEqualTo(XML);
            assertThat(answer.content())
                    .startsWith("<errors xmlns=\"urn:ietf:params:xml:ns:yang:ietf-restconf\"><error>"
                            + "<error-type>protocol</error-type><error-tag>invalid-value</error-tag>");
        }

        @Test
        void aFormOfAnotherSiteCannotInvokeAnOperation() {
            // When
            var form = client.send(
                    "POST",
                    "/restconf/operations/rc-test:ping",
                    with("Content-Type", "application/x-www-form-urlencoded"),
                    "");
            var site = client.send(
                    "POST", "/restconf/operations/rc-test:ping", with("Origin", "https://evil.example"), "");

            // Then
            assertThat(form.status()).isEqualTo(415);
            assertThat(site.status()).isEqualTo(403);
        }
    }

    @Nested
    class Rfc8072_YangPatch {
        private TestClient.Answer patch(String edits) {
            return client.send(
                    "PATCH",
                    TOP,
                    with("Content-Type", "application/yang-patch+json"),
                    "{\"ietf-yang-patch:yang-patch\":{\"patch-id\":\"p\",\"edit\":[" + edits + "]}}");
        }

        @Test
        void editsTakePlaceTogetherWhateverTheOrderOfMembers() {
            // When
            var answer = patch("{\"value\":{\"rc-test:mtu\":1600},\"target\":\"/mtu\",\"operation\":\"merge\","
                    + "\"edit-id\":\"e1\"},{\"edit-id\":\"e2\",\"operation\":\"delete\",\"target\":\"/tag=x\"},"
                    + "{\"edit-id\":\"e3\",\"operation\":\"move\",\"target\":\"/row=3\",\"where\":\"first\"}");

            // Then
            assertThat(answer.content())
                    .isEqualTo("{\"ietf-yang-patch:yang-patch-status\":{\"patch-id\":\"p\",\"ok\":[null]}}");
            assertThat(client.get(TOP + "/tag").content()).isEqualTo("{\"rc-test:tag\":[\"a\",\"a/b\"]}");
            assertThat(client.get(TOP + "/row").content()).contains("[{\"id\":3},{\"id\":1},{\"id\":2}]");
        }

        @Test
        void whenTheLastEditFailsNoneTakesPlaceAndItsErrorIsTold() {
            // When
            var answer = patch("{\"edit-id\":\"e1\",\"operation\":\"merge\",\"target\":\"/mtu\","
                    + "\"value\":{\"rc-test:mtu\":1600}},"
                    + "{\"edit-id\":\"e2\",\"operation\":\"delete\",\"target\":\"/tag=none\"}");

            // Then
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.content())
                    .contains("\"edit-status\":{\"edit\":[{\"edit-id\":\"e2\",\"errors\":{\"error\":[{")
                    .contains("data-missing");
            assertThat(client.get(TOP + "/mtu").content()).isEqualTo("{\"rc-test:mtu\":1500}");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"edit-id\":\"e\",\"operation\":\"frobnicate\",\"target\":\"/mtu\"}",
                    "{\"edit-id\":\"e\",\"operation\":\"merge\",\"target\":\"/mtu\"}",
                    "{\"edit-id\":\"e\",\"operation\":\"delete\",\"target\":\"/tag=x\",\"value\":{\"rc-test:tag\":[\"x\"]}}",
                    "{\"edit-id\":\"e\",\"operation\":\"merge\",\"target\":\"/mtu\",\"value\":{\"rc-test:mtu\":70000}}",
                    "{\"edit-id\":\"e\",\"operation\":\"merge\",\"target\":\"mtu\",\"value\":{\"rc-test:mtu\":1600}}",
                    "{\"edit-id\":\"e\",\"operation\":\"insert\",\"target\":\"/row=9\",\"where\":\"before\","
                            + "\"value\":{\"rc-test:row\":[{\"id\":9}]}}",
                    "{\"operation\":\"remove\",\"target\":\"/tag=x\"}",
                    "{\"edit-id\":\"e\",\"target\":\"/tag=x\"}",
                    "{\"edit-id\":\"e\",\"operation\":\"remove\"}",
                    "{\"edit-id\":\"e\",\"operation\":\"remove\",\"target\":\"/tag=x\",\"nosuch\":\"x\"}",
                    "{\"edit-id\":\"e\",\"operation\":\"remove\",\"target\":\"/state/uptime\"}",
                    "1"
                })
        void anEditThatIsWrongIs400(String edit) {
            // When
            var answer = patch(edit);

            // Then
            assertThat(answer.status()).isEqualTo(400);
        }

        @ParameterizedTest
        @ValueSource(strings = {"delete", "remove", "create"})
        void aDatastoreIsNotDeletedByAPatchEither(String operation) {
            // When
            var value = operation.equals("create") ? ",\"value\":{\"ietf-restconf:data\":{}}" : "";
            var answer = client.send(
                    "PATCH",
                    "/restconf/data",
                    with("Content-Type", "application/yang-patch+json"),
                    "{\"ietf-yang-patch:yang-patch\":{\"patch-id\":\"p\",\"edit\":[{\"edit-id\":\"e\",\"operation\":\""
                            + operation + "\",\"target\":\"/\"" + value + "}]}}");

            // Then
            assertThat(answer.status()).isEqualTo(405);
            assertThat(client.get(TOP + "/mtu").content()).isEqualTo("{\"rc-test:mtu\":1500}");
        }

        @Test
        void aPatchThatReplacesADatastoreLeavesUsersAndAccessRulesThatItDoesNotSpeakOf() {
            // Given
            client.put(
                    "/restconf/data/ietf-netconf-acm:nacm", "{\"ietf-netconf-acm:nacm\":{\"read-default\":\"deny\"}}");

            // When
            var answer =
                    client.send("PATCH", "/restconf/data", with("Content-Type", "application/yang-patch+json"), """
                    {"ietf-yang-patch:yang-patch": {"patch-id": "p", "edit": [{"edit-id": "e", "operation": "replace",
                      "target": "/", "value": {"ietf-restconf:data": {"rc-test:top": {"low": 1}}}}]}}\
                    """);

            // Then
            assertThat(answer.status()).isEqualTo(200);
            assertThat(client.get(TOP).content()).isEqualTo("{\"rc-test:top\":{\"low\":1}}");
            assertThat(client.get("/restconf/data/ietf-netconf-acm:nacm").status())
                    .isEqualTo(200);
        }

        @Test
        void aPatchInXmlDoesTheSame() {
            // When
            var answer =
                    client.send("PATCH", TOP, with("Content-Type", "application/yang-patch+xml", "Accept", XML), """
                        <yang-patch xmlns="urn:ietf:params:xml:ns:yang:ietf-yang-patch"><patch-id>p</patch-id>
                          <edit><edit-id>e1</edit-id><value><mtu xmlns="urn:rc-test">1600</mtu></value>
                            <operation>merge</operation><target>/mtu</target></edit>
                          <edit><edit-id>e2</edit-id><operation>create</operation><target>/row=9</target>
                            <value><row xmlns="urn:rc-test"><id>9</id></row></value></edit>
                        </yang-patch>\
                        """);

            // Then
            assertThat(answer.content())
                    .isEqualTo("<yang-patch-status xmlns=\"urn:ietf:params:xml:ns:yang:ietf-yang-patch\">"
                            + "<patch-id>p</patch-id><ok/></yang-patch-status>");
            assertThat(client.get(TOP + "/mtu").content()).isEqualTo("{\"rc-test:mtu\":1600}");
            assertThat(client.get(TOP + "/row=9").status()).isEqualTo(200);
        }
    }
}
