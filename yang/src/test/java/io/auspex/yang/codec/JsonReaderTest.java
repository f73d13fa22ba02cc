package io.auspex.yang.codec;

import static io.auspex.yang.codec.TestModel.MODEL;
import static io.auspex.yang.codec.TestModel.path;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.auspex.yang.InputLimits;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafListNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.OpaqueNode;
import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.Binary;
import io.auspex.yang.schema.Bits;
import io.auspex.yang.schema.Empty;
import io.auspex.yang.schema.ListKey;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
    private static final JsonReader READER = new JsonReader(MODEL, InputLimits.DEFAULT);

    private static byte[] bytes(String json) {
        return json.getBytes(UTF_8);
    }

    private static InnerNode top(String members) throws YangException {
        return (InnerNode) READER.read(bytes("{\"rc-test:top\":{" + members + "}}"), path("/rc-test:top"));
    }

    private static YangError refused(String members) {
        return catchThrowableOfType(YangException.class, () -> top(members)).first();
    }

    private static YangError refusedBytes(byte[] message) {
        return catchThrowableOfType(YangException.class, () -> READER.read(message, path("/rc-test:top")))
                .first();
    }

    @Nested
    class Section_6_Values {
        @Test
        void eachTypeHasItsOwnJsonToken() throws YangException {
            var top = top("""
                    "mtu": 1400, "big": "-9223372036854775808", "ratio": "2.50", "flag": [null], "opts": "c a",
                    "bin": "SGk=", "mode": "on", "state": {"uptime": "18446744073709551615"}""");
            assertThat(top.value("mtu")).contains(1400L);
            assertThat(top.value("big")).contains(Long.MIN_VALUE);
            assertThat(top.value("ratio")).contains(new BigDecimal("2.5"));
            assertThat(top.value("flag")).contains(Empty.VALUE);
            assertThat(top.value("opts")).contains(new Bits(List.of("a", "c")));
            assertThat(top.value("bin")).contains(new Binary("Hi".getBytes(UTF_8)));
            assertThat(top.value("mode")).contains("on");
            assertThat(top.inner("state").flatMap(s -> s.value("uptime")))
                    .contains(new BigInteger("18446744073709551615"));
        }

        @Test
        void theTokenChoosesTheMemberOfAUnion() throws YangException {
            assertThat(top("\"mixed\": 5").value("mixed")).contains(5L);
            assertThat(top("\"mixed\": \"abc\"").value("mixed")).contains("abc");
            assertThat(refused("\"mixed\": \"5\"").message())
                    .endsWith("'5' is a value of no member of the union of uint8, string");
        }

        @Test
        void anIdentityOfTheLeafsModuleNeedsNoModuleName() throws YangException {
            var album = path("/example-jukebox:jukebox/library/artist[name='a']/album[name='b']");
            for (var genre : List.of("alternative", "example-jukebox:alternative")) {
                var read = (InnerNode) READER.read(
                        bytes("{\"example-jukebox:album\":[{\"name\":\"b\",\"genre\":\"" + genre + "\"}]}"), album);
                assertThat(read.value("genre"))
                        .contains(MODEL.identity("example-jukebox:alternative").orElseThrow());
            }
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                "mtu": "1400"          | got the string '1400', expected a number (type uint16)
                "mtu": 1400.0          | got the number 1400.0, expected a number (type uint16)
                "mtu": 63              | '63' is outside of the range 64..9216
                "mtu": 70000           | '70000' is outside of uint16, 0..65535
                "mtu": null            | got null, expected a number (type uint16)
                "mtu": {}              | got an object, expected a number (type uint16)
                "mtu": true            | got true, expected a number (type uint16)
                "big": 5               | got the number 5, expected a string (type int64)
                "big": "1e5"           | '1e5' is no int64
                "ratio": 2.5           | got the number 2.5, expected a string (type decimal64)
                "ratio": "1e1000000000"| '1e1000000000' is no decimal64
                "ratio": "2.501"       | '2.501' has more than 2 fraction digits
                "flag": null           | got null, expected [null] (type empty)
                "flag": [null, null]   | got another array, expected [null], the value of type empty
                "opts": "a a"          | 'a a' names a bit twice
                "tag": "a"             | got the string 'a', expected an array
                "entry": {}            | got an object, expected an array
                "blob": [1]            | got an array, expected an object (anydata)
                "left": "\\ud800"      | '�' holds a control character, a noncharacter or half a surrogate pair
                "left": "\\u0000"      | '�' holds a control character, a noncharacter or half a surrogate pair
                "left": "\\uffff"      | '\uffff' holds a control character, a noncharacter or half a surrogate pair
                """)
        void anotherTokenOrValueIsRefusedWithWhatIsExpected(String member, String reason) {
            var error = refused(member);
            assertThat(error.failure()).isEqualTo(Failure.INVALID_VALUE);
            assertThat(error.message()).startsWith("/rc-test:top").endsWith("): " + reason);
        }

        @Test
        void aBooleanInPlaceOfAnObjectIsRefused() {
            assertThat(refusedBytes(bytes("{\"rc-test:top\": true}")).message())
                    .isEqualTo("/rc-test:top (line 1, column 17): got true, expected an object");
        }
    }

    @Nested
    class Section_4_Names {
        @Test
        void aNameQualifiedWithoutNeedIsTaken() throws YangException {
            assertThat(top("\"rc-test:mtu\": 1400").value("mtu")).contains(1400L);
        }

        @Test
        void theSameNodeQualifiedAndNotIsThereTwice() {
            var error = refused("\"mtu\": 1400, \"rc-test:mtu\": 1401");
            assertThat(error.failure()).isEqualTo(Failure.BAD_ELEMENT);
            assertThat(error.info()).containsExactly(ErrorInfo.badElement("mtu"));
            assertThat(error.message()).contains("/rc-test:top/mtu").endsWith("stands twice");
        }

        @Test
        void anUnknownMemberIsNamedWithItsPlace() {
            var error = refused("\"mtu\": 1400,\n  \"nosuch\": 1");
            assertThat(error.failure()).isEqualTo(Failure.UNKNOWN_ELEMENT);
            assertThat(error.info()).containsExactly(ErrorInfo.badElement("nosuch"));
            assertThat(error.path()).isEqualTo(path("/rc-test:top"));
            assertThat(error.message())
                    .isEqualTo("/rc-test:top (line 2, column 3): got member 'nosuch', which is not in the schema");
        }

        @Test
        void anUnknownModuleIsAnUnknownNamespace() {
            var error = refused("\"nosuch:mtu\": 1");
            assertThat(error.failure()).isEqualTo(Failure.UNKNOWN_NAMESPACE);
            assertThat(error.info()).contains(ErrorInfo.badElement("nosuch:mtu"), ErrorInfo.badNamespace("nosuch"));
        }

        @Test
        void theRightNameIsToldWhereTheModuleIsWrong() {
            assertThat(refused("\"example-jukebox:mtu\": 1").message()).endsWith("expected 'mtu'");
            assertThat(refusedBytes(bytes("{\"top\":{}}")).message())
                    .endsWith("got member 'top', expected 'rc-test:top'");
        }
    }

    /** RFC 7952 §5.2, RFC 6243 §6. */
    @Nested
    class Metadata {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"mtu\": 1500, \"@mtu\": {\"ietf-netconf-with-defaults:default\": true}",
                    "\"@mtu\": {\"ietf-netconf-with-defaults:default\": true}, \"mtu\": 1500",
                    "\"mtu\": 1400, \"@mtu\": {\"ietf-netconf-with-defaults:default\": false}",
                    "\"mtu\": 1400, \"@rc-test:mtu\": {\"ietf-origin:origin\": \"ietf-origin:intended\"}",
                    "\"mtu\": 1400, \"@\": {\"ietf-origin:origin\": \"ietf-origin:intended\"}",
                    "\"mtu\": 1400, \"tag\": [\"a\", \"b\"], \"@tag\": [null, {\"ietf-origin:origin\": \"ietf-origin:intended\"}]"
                })
        void isTakenBesideOrBeforeItsNode(String members) throws YangException {
            assertThat(top(members).value("mtu")).isPresent();
        }

        @Test
        void standsBesideAResource() throws YangException {
            var message =
                    bytes("{\"rc-test:mtu\": 1500, \"@rc-test:mtu\": {\"ietf-netconf-with-defaults:default\": true}}");
            assertThat(READER.read(message, path("/rc-test:top/mtu"))).isInstanceOf(LeafNode.class);
            assertThat(READER.readChild(message, path("/rc-test:top"))).isInstanceOf(LeafNode.class);
            var first = bytes("{\"@rc-test:mtu\": {}, \"rc-test:mtu\": 1500}");
            assertThat(READER.read(first, path("/rc-test:top/mtu"))).isInstanceOf(LeafNode.class);
            assertThat(READER.readChild(first, path("/rc-test:top"))).isInstanceOf(LeafNode.class);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                "mtu": 1400, "@mtu": {"ietf-netconf-with-defaults:default": true}     | INVALID_VALUE     | is tagged as default, but is not the default value
                "low": 1, "@low": {"ietf-netconf-with-defaults:default": true}        | INVALID_VALUE     | is tagged as default, but is not the default value
                "@": {"ietf-netconf-with-defaults:default": true}                     | INVALID_VALUE     | is tagged as default, but is not the default value
                "mtu": 1500, "@mtu": {"ietf-netconf-with-defaults:default": "true"}   | INVALID_VALUE     | metadata '@mtu': ietf-netconf-with-defaults:default: got the string 'true', expected true or false
                "mtu": 1500, "@mtu": {"nosuch:owner": "me"}                           | UNKNOWN_ATTRIBUTE | annotation 'nosuch:owner' is of no module here
                "mtu": 1500, "@mtu": {"origin": "x"}                                  | UNKNOWN_ATTRIBUTE | annotation 'origin' is of no module here
                "mtu": 1500, "@mtu": 5                                                | INVALID_VALUE     | metadata '@mtu': got the number 5, expected an object of annotations
                "tag": ["a"], "@tag": {}                                              | INVALID_VALUE     | metadata '@tag': got an object, expected an array of objects and nulls
                "tag": ["a"], "@tag": [null, {}]                                      | INVALID_VALUE     | has metadata of 2 values, but 1 of them
                "tag": ["a"], "@tag": [{"ietf-netconf-with-defaults:default": true}]  | INVALID_VALUE     | is tagged as default, but is not the default value
                "mtu": 1500, "@mtu": {"ietf-origin:origin": {}}                       | INVALID_VALUE     | metadata '@mtu': ietf-origin:origin: got an object, expected a value
                "@tag": []                                                            | MISSING_ELEMENT   | has metadata, but does not stand here
                "@mtu": {}                                                            | MISSING_ELEMENT   | has metadata, but does not stand here
                "mtu": 1500, "@mtu": {}, "@rc-test:mtu": {}                           | BAD_ELEMENT       | the metadata of mtu stands twice
                "@nosuch": {}                                                         | UNKNOWN_ELEMENT   | got member 'nosuch', which is not in the schema
                """)
        void thatDoesNotFitIsRefused(String members, Failure failure, String reason) {
            var error = refused(members);
            assertThat(error.failure()).isEqualTo(failure);
            assertThat(error.message()).endsWith("): " + reason);
        }
    }

    @Nested
    class Section_5_Structure {
        @Test
        void keysMayStandAnywhereInAnEntry() throws YangException {
            var top = top("\"entry\": [{\"val\":\"v\",\"c\":\"3\",\"a\":\"1\",\"b\":\"2\"}]");
            var entry = Objects.requireNonNull(top.list("entry").orElseThrow().entry(ListKey.of("1", "2", "3")));
            assertThat(entry.value("val")).contains("v");
        }

        @Test
        void aMissingKeyIsNamed() {
            var error = refused("\"entry\": [{\"a\":\"1\",\"b\":\"2\"}]");
            assertThat(error.failure()).isEqualTo(Failure.MISSING_ELEMENT);
            assertThat(error.info()).containsExactly(ErrorInfo.badElement("c"));
            assertThat(error.message()).endsWith("the entry has no key leaf c");
        }

        @Test
        void aRepeatedKeyIsNamed() {
            var error = refused("\"row\": [{\"id\": 1}, {\"id\": 2}, {\"id\": 1}]");
            assertThat(error.failure()).isEqualTo(Failure.BAD_ELEMENT);
            assertThat(error.path()).isEqualTo(path("/rc-test:top/row[id='1']"));
            assertThat(error.message()).endsWith("two entries have this key");
        }

        @Test
        void aRepeatedValueOfALeafListIsNamed() {
            assertThat(refused("\"tag\": [\"x\", \"y\", \"x\"]").path()).isEqualTo(path("/rc-test:top/tag[.='x']"));
        }

        @Test
        void twoCasesOfAChoiceAreRefused() {
            var error = refused("\"left\": \"a\", \"right\": \"b\"");
            assertThat(error.failure()).isEqualTo(Failure.BAD_ELEMENT);
            assertThat(error.message()).endsWith("stands beside left, which is of another case of the same choice");
        }

        @Test
        void anErrorWithinAnEntryNamesItsKeys() {
            assertThat(refused("\"row\": [{\"id\": 7, \"text\": 5}]").path())
                    .isEqualTo(path("/rc-test:top/row[id='7']/text"));
        }

        @Test
        void userOrderIsKept() throws YangException {
            var prio = (LeafListNode) top("\"prio\": [\"b\", \"a\", \"c\"]")
                    .child(MODEL.root()
                            .child("rc-test", "top")
                            .flatMap(t -> t.child("prio"))
                            .orElseThrow());
            assertThat(prio).containsExactly("b", "a", "c");
        }

        @Test
        void anydataIsKeptAsItIs() throws YangException {
            var blob = MODEL.root()
                    .child("rc-test", "top")
                    .flatMap(t -> t.child("blob"))
                    .orElseThrow();
            assertThat(top("\"blob\": {\"x:a\": [1, 2.50, null], \"b\": {\"c\": \"é\"}}")
                            .child(blob))
                    .isEqualTo(new OpaqueNode(
                            blob, OpaqueNode.Encoding.JSON, "{\"x:a\":[1,2.50,null],\"b\":{\"c\":\"é\"}}"));
            assertThat(refused("\"blob\": {\"a\": 1, \"a\": 2}").message()).endsWith("member 'a' stands twice");
        }

        @Test
        void stateIsRefusedOnlyWhereConfigurationIsAskedFor() throws YangException {
            var message = bytes("{\"rc-test:top\": {\"state\": {\"uptime\": \"5\"}}}");
            assertThat(((InnerNode) READER.read(message, path("/rc-test:top"))).inner("state"))
                    .isPresent();
            var error = catchThrowableOfType(
                    YangException.class, () -> READER.configurationOnly().read(message, path("/rc-test:top")));
            assertThat(error.first().message()).endsWith("is state, expected configuration");
        }
    }

    @Nested
    class Resources {
        @Test
        void anEntryStandsInAnArrayOfOne() throws YangException {
            var row =
                    (InnerNode) READER.read(bytes("{\"rc-test:row\":[{\"id\":1}]}"), path("/rc-test:top/row[id='1']"));
            assertThat(row.key()).isEqualTo(ListKey.of(1L));
            var two = catchThrowableOfType(
                    YangException.class,
                    () -> READER.read(
                            bytes("{\"rc-test:row\":[{\"id\":1},{\"id\":2}]}"), path("/rc-test:top/row[id='1']")));
            assertThat(two.first().message()).endsWith("got more than one entry, expected one");
        }

        @Test
        void aChildOfAnyNameIsRead() throws YangException {
            assertThat(READER.readChild(bytes("{\"rc-test:mtu\":1400}"), path("/rc-test:top")))
                    .isInstanceOfSatisfying(
                            LeafNode.class, l -> assertThat(l.value()).isEqualTo(1400L));
            assertThat(READER.readChild(bytes("{\"rc-test:tag\":[\"a\"]}"), path("/rc-test:top")))
                    .isInstanceOfSatisfying(
                            LeafListNode.class, l -> assertThat(l).containsExactly("a"));
            assertThat(READER.readChild(bytes("{\"rc-test:top\":{}}"), MODEL.root())
                            .schema()
                            .name())
                    .isEqualTo("top");
        }

        @Test
        void moreThanOneChildIsRefused() {
            var error = catchThrowableOfType(
                    YangException.class,
                    () -> READER.readChild(bytes("{\"rc-test:low\":1,\"rc-test:high\":2}"), path("/rc-test:top")));
            assertThat(error.first().message()).contains("got member 'rc-test:high' beside the resource");
        }

        @Test
        void aDatastoreIsReadWithAndWithoutItsName() throws YangException {
            var plain = READER.readRoot(bytes("{\"rc-test:top\":{\"low\":1},\"example-jukebox:jukebox\":{}}"));
            assertThat(READER.readRoot(bytes(
                            "{\"ietf-restconf:data\":{\"rc-test:top\":{\"low\":1},\"example-jukebox:jukebox\":{}}}")))
                    .isEqualTo(plain);
            assertThat(plain.children()).hasSize(2);
        }

        @Test
        void theInputOfAnOperationMayBeEmpty() throws YangException {
            var ping = MODEL.rpc("rc-test", "ping").orElseThrow();
            assertThat(READER.readOperationInput(new byte[0], ping).children()).isEmpty();
            var echo = MODEL.rpc("rc-test", "echo").orElseThrow();
            assertThat(READER.readOperationInput(bytes("{\"rc-test:input\":{\"text\":\"x\"}}"), echo)
                            .value("text"))
                    .contains("x");
        }

        @Test
        void aValueWithinAMessageIsRead() throws YangException {
            try (var parser = READER.open(new ByteArrayInputStream(
                    bytes("{\"value\": {\"rc-test:row\": [{\"id\": 9}]}, \"rest\": [1, {\"a\": 2}]}")))) {
                parser.nextToken();
                parser.nextName();
                parser.nextToken();
                var row = (InnerNode) READER.readResource(parser, path("/rc-test:top/row[id='9']"));
                assertThat(row.value("id")).contains(9L);
                assertThat(parser.nextName()).isEqualTo("rest");
                parser.nextToken();
                assertThat(READER.capture(parser)).isEqualTo("[1,{\"a\":2}]");
            }
        }
    }
}
