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
import io.auspex.yang.data.Position;
import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.SchemaNode;
import java.util.Objects;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XmlReaderTest {
    private static final XmlReader READER = new XmlReader(MODEL, InputLimits.DEFAULT);
    private static final JsonReader JSON = new JsonReader(MODEL, InputLimits.DEFAULT);

    private static InnerNode top(String content) throws YangException {
        return (InnerNode) READER.read(bytes("<top xmlns='urn:rc-test'>" + content + "</top>"), path("/rc-test:top"));
    }

    private static YangError refused(String content) {
        var thrown = catchThrowableOfType(YangException.class, () -> top(content));
        assertThat(thrown).isNotNull();
        return thrown.first();
    }

    private static byte[] bytes(String xml) {
        return xml.getBytes(UTF_8);
    }

    private static XMLStreamReader open(String xml) throws Exception {
        var in = XmlInput.open(bytes(xml), InputLimits.DEFAULT);
        in.nextTag();
        return in;
    }

    @Test
    void theSameDataInXmlAndJsonIsEqual() throws YangException {
        assertThat(top("""
                        <mtu>1400</mtu><big>-5</big><ratio>2.50</ratio><flag/><opts>c a</opts><bin>SGk=</bin>
                        <mixed>5</mixed><mode>on</mode><tag>b</tag><tag>a</tag><prio>z</prio><left> l </left>
                        <row><id>2</id></row><prio>a</prio><row><text>x</text><id>1</id></row>
                        <state><uptime>18446744073709551615</uptime><sample><v>1</v></sample></state>""")).isEqualTo(JSON.read(bytes("""
                        {"rc-test:top":{"mtu":1400,"big":"-5","ratio":"2.5","flag":[null],"opts":"a c","bin":"SGk=",
                        "mixed":5,"mode":"on","tag":["a","b"],"prio":["z","a"],"left":" l ",
                        "row":[{"id":2},{"id":1,"text":"x"}],
                        "state":{"uptime":"18446744073709551615","sample":[{"v":1}]}}}"""), path("/rc-test:top")));
    }

    @Test
    void metadataIsTaken() throws YangException {
        var tagged = " xmlns:wd='urn:ietf:params:xml:ns:netconf:default:1.0' wd:default='true'";
        var origin = " xmlns:or='urn:ietf:params:xml:ns:yang:ietf-origin' or:origin='or:intended'";
        assertThat(top("<mtu" + tagged + ">1500</mtu><tag" + origin + ">a</tag>")
                        .value("mtu"))
                .contains(1500L);
        var error = refused("<mtu" + tagged + ">1400</mtu>");
        assertThat(error.failure()).isEqualTo(Failure.INVALID_VALUE);
        assertThat(error.message()).endsWith("is tagged as default, but is not the default value");
        assertThat(refused("<mtu xmlns:o='urn:nosuch' o:owner='me'>1500</mtu>").failure())
                .isEqualTo(Failure.UNKNOWN_ATTRIBUTE);
    }

    @Test
    void prefixesOfValuesAreThoseInForce() throws YangException {
        var genre = MODEL.identity("example-jukebox:alternative").orElseThrow();
        var album = path("/example-jukebox:jukebox/library/artist[name='a']/album[name='b']");
        for (var text : new String[] {
            "<album xmlns='https://example.com/ns/example-jukebox'><name>b</name><genre>alternative</genre></album>",
            "<album xmlns='https://example.com/ns/example-jukebox' xmlns:x='https://example.com/ns/example-jukebox'>"
                    + "<name>b</name><genre>x:alternative</genre></album>"
        }) {
            assertThat(((InnerNode) READER.read(bytes(text), album)).value("genre"))
                    .contains(genre);
        }
        var song = (InnerNode) READER.read(
                bytes("<song xmlns='https://example.com/ns/example-jukebox'><index>1</index>"
                        + "<id xmlns:j='https://example.com/ns/example-jukebox'>"
                        + "/j:jukebox/j:library/j:artist[j:name='Foo']</id></song>"),
                path("/example-jukebox:jukebox/playlist[name='p']/song[index='1']"));
        assertThat(song.value("id")).contains(path("/example-jukebox:jukebox/library/artist[name='Foo']"));
    }

    @Test
    void commentsAndCdataDoNotSplitAValue() throws YangException {
        assertThat(top("<left>a<!-- x -->b<![CDATA[<c>]]>d<?pi x?>e</left>").value("left"))
                .contains("ab<c>de");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <mtu>x</mtu>                    | INVALID_VALUE     | 'x' is no uint16
            <nosuch/>                       | UNKNOWN_ELEMENT   | got element 'nosuch' in namespace urn:rc-test, which is not in the schema
            <mtu xmlns='urn:x'>1</mtu>      | UNKNOWN_NAMESPACE | got element 'mtu' in namespace urn:x, expected namespace urn:rc-test
            <mtu xmlns=''>1</mtu>           | UNKNOWN_NAMESPACE | got element 'mtu' in no namespace, expected namespace urn:rc-test
            <mtu>1400</mtu><mtu>1</mtu>     | BAD_ELEMENT       | stands twice
            <mtu><x/></mtu>                 | BAD_ELEMENT       | got element 'x' in namespace urn:rc-test, expected a value
            text                            | INVALID_VALUE     | got the text 'text', expected elements
            <left>a</left><right>b</right>  | BAD_ELEMENT       | stands beside left, which is of another case of the same choice
            <mtu x='1'>1400</mtu>           | UNKNOWN_ATTRIBUTE | attribute 'x' is not known here
            <tag>a</tag><tag>a</tag>        | BAD_ELEMENT       | the value stands twice
            <row><text>a</text></row>       | MISSING_ELEMENT   | the entry has no key leaf id
            <row><id>1</id></row><low>1</low><row><id>1</id></row> | BAD_ELEMENT | two entries have this key
            """)
    void whatIsNoDataIsRefused(String content, Failure failure, String reason) {
        var error = refused(content);
        assertThat(error.failure()).isEqualTo(failure);
        assertThat(error.message())
                .startsWith("/rc-test:top")
                .contains("(line 1, column")
                .endsWith("): " + reason);
    }

    @Test
    void anErrorNamesElementNamespaceAndPath() {
        assertThat(refused("<mtu xmlns='urn:x'>1</mtu>").info())
                .containsExactly(ErrorInfo.badElement("mtu"), ErrorInfo.badNamespace("urn:x"));
        assertThat(refused("<row><id>7</id><text><x/></text></row>").path())
                .isEqualTo(path("/rc-test:top/row[id='7']/text"));
    }

    @Test
    void theRootElementHasTheNameOfTheResource() {
        var error = catchThrowableOfType(
                YangException.class, () -> READER.read(bytes("<topp xmlns='urn:rc-test'/>"), path("/rc-test:top")));
        assertThat(error.first().message())
                .isEqualTo("/rc-test:top (line 1, column 1): got element 'topp' in namespace urn:rc-test,"
                        + " expected 'top' in namespace urn:rc-test");
    }

    @Test
    void childrenEntriesAndInputsAreRead() throws Exception {
        assertThat(READER.readChild(bytes("<tag xmlns='urn:rc-test'>a</tag>"), path("/rc-test:top")))
                .isInstanceOfSatisfying(LeafListNode.class, l -> assertThat(l).containsExactly("a"));
        assertThat(READER.readChild(bytes("<row xmlns='urn:rc-test'><id>1</id></row>"), path("/rc-test:top")))
                .isInstanceOfSatisfying(
                        InnerNode.class, e -> assertThat(e.key()).isEqualTo(ListKey.of(1L)));
        assertThat(READER.readRoot(bytes("<data xmlns='urn:ietf:params:xml:ns:yang:ietf-restconf'>"
                                + "<top xmlns='urn:rc-test'><low>1</low></top></data>"))
                        .children())
                .hasSize(1);
        var echo = MODEL.rpc("rc-test", "echo").orElseThrow();
        assertThat(READER.readRpc(open("<echo xmlns='urn:rc-test'><text>hi</text></echo>"), echo)
                        .value("text"))
                .contains("hi");
    }

    @Test
    void anActionIsFoundThroughContainersAndEntries() throws Exception {
        var call = READER.readAction(open("""
                <action xmlns="urn:ietf:params:xml:ns:yang:1"><top xmlns="urn:rc-test"><entry>
                  <b>2</b><a>1</a><c>3</c><bump><by>4</by></bump></entry></top></action>"""));
        assertThat(call.action().parent()).contains(path("/rc-test:top/entry[a='1'][b='2'][c='3']"));
        assertThat(call.action().schema().name()).isEqualTo("bump");
        assertThat(call.input().value("by")).contains(4L);
        var missing = catchThrowableOfType(
                YangException.class,
                () -> READER.readAction(open("<action xmlns='urn:ietf:params:xml:ns:yang:1'><top xmlns='urn:rc-test'>"
                        + "<entry><a>1</a><bump/></entry></top></action>")));
        assertThat(missing.first().message()).endsWith("the entry has no key leaf b");
    }

    @Nested
    class Edits {
        private static final String CONFIG = "<config xmlns='urn:ietf:params:xml:ns:netconf:base:1.0' "
                + "xmlns:nc='urn:ietf:params:xml:ns:netconf:base:1.0' xmlns:yang='urn:ietf:params:xml:ns:yang:1' "
                + "xmlns:wd='urn:ietf:params:xml:ns:netconf:default:1.0' xmlns:r='urn:rc-test'>"
                + "<top xmlns='urn:rc-test'%s>%s</top></config>";

        private EditTree top(String attributes, String content) throws Exception {
            return READER.readEdit(open(CONFIG.formatted(attributes, content)), EditOperation.MERGE)
                    .children()
                    .getFirst();
        }

        private YangError refused(String content) {
            return catchThrowableOfType(YangException.class, () -> top("", content))
                    .first();
        }

        @Test
        void operationsAreInherited() throws Exception {
            var top = top(" nc:operation='create'", "<row nc:operation='delete'><id>1</id></row><low>1</low>");
            assertThat(top.operation()).isEqualTo(EditOperation.CREATE);
            assertThat(top.explicit()).isTrue();
            assertThat(top.mixed()).isTrue();
            assertThat(top.children())
                    .extracting(EditTree::operation)
                    .containsExactly(EditOperation.DELETE, EditOperation.CREATE);
            assertThat(top.children().getFirst().entryKey()).contains(ListKey.of(1L));
            assertThat(top.children().getLast().node())
                    .isEqualTo(new LeafNode(top.schema().child("low").orElseThrow(), 1L));
        }

        @Test
        void withoutMarksBelowTheDataTellsAll() throws Exception {
            var top = top("", "<low>1</low><tag>a</tag><row><id>3</id></row>");
            assertThat(top.operation()).isEqualTo(EditOperation.MERGE);
            assertThat(top.mixed()).isFalse();
            assertThat(top.node())
                    .isEqualTo(JSON.read(
                            bytes("{\"rc-test:top\":{\"low\":1,\"tag\":[\"a\"],\"row\":[{\"id\":3}]}}"),
                            path("/rc-test:top")));
        }

        @Test
        void aLeafIsDeletedWithoutItsValueAndAnotherCaseTakesItsPlace() throws Exception {
            var top = top("", "<mtu nc:operation='remove'/><left nc:operation='delete'/><right>x</right>");
            assertThat(top.children().getFirst().node()).isNull();
            assertThat(top.children())
                    .extracting(EditTree::schema)
                    .extracting(SchemaNode::name)
                    .containsExactly("mtu", "left", "right");
        }

        @Test
        void entriesOfUserOrderArePlaced() throws Exception {
            var top = top(
                    "",
                    "<row yang:insert='first'><id>1</id></row><row yang:insert='after' yang:key=\"[r:id='1']\"><id>2</id></row>"
                            + "<prio yang:insert='before' yang:value='p'>q</prio><prio yang:insert='last'>z</prio>");
            assertThat(top.children())
                    .extracting(EditTree::position)
                    .containsExactly(
                            new Position.First(),
                            new Position.After(ListKey.of(1L)),
                            new Position.Before(ListKey.of("p")),
                            new Position.Last());
            assertThat(Objects.requireNonNull(top.children().get(2).key())).isEqualTo(ListKey.of("q"));
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                <low nc:operation='rename'>1</low> | BAD_ATTRIBUTE     | attribute operation: 'rename', expected merge, replace, create, delete or remove
                <low operation='delete'>1</low>    | UNKNOWN_ATTRIBUTE | attribute 'operation' is not known here
                <tag yang:insert='first'>a</tag>   | BAD_ATTRIBUTE     | attribute insert: the node is not ordered by the user
                <prio yang:insert='top'>a</prio>   | BAD_ATTRIBUTE     | attribute insert: 'top', expected first, last, before or after
                <prio yang:insert='after'>a</prio> | MISSING_ATTRIBUTE | insert before or after needs the attribute value
                <row yang:insert='after' yang:value='1'><id>2</id></row> | MISSING_ATTRIBUTE | insert before or after needs the attribute key
                <mtu wd:default='true'>1400</mtu>  | INVALID_VALUE     | is tagged as default, but is not the default value
                <mtu wd:default='yes'>1500</mtu>   | BAD_ATTRIBUTE     | attribute default: 'yes', expected true or false
                """)
        void wrongAttributesAreRefused(String content, Failure failure, String reason) {
            var error = refused(content);
            assertThat(error.failure()).isEqualTo(failure);
            assertThat(error.message()).endsWith("): " + reason);
        }

        @Test
        void aTaggedDefaultIsTaken() throws Exception {
            assertThat(top("", "<mtu wd:default='true'>1500</mtu>").children()).hasSize(1);
        }
    }
}
