package io.auspex.yang.xpath;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.auspex.yang.InputLimits;
import io.auspex.yang.codec.JsonReader;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.InstanceIdentifiers;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModelLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XPathTest {
    private static final ModelContext MODEL = ModelLoader.load(List.of(Path.of("src/test/resources/yang")));
    private static final TreeNode ROOT = read("""
            {"rc-test:top": {"mtu": 1400, "ratio": "2.5", "flag": [null], "opts": "a c", "mode": "on", "mixed": 5,
              "low": 3, "tag": ["x", "y", "z"], "prio": ["p", "o"],
              "entry": [{"a": "1", "b": "1", "c": "1", "val": "u"}, {"a": "1", "b": "2", "c": "1", "val": "v"},
                        {"a": "2", "b": "1", "c": "1", "val": "w"}],
              "row": [{"id": 7, "text": " seven  up "}, {"id": 1, "text": "one"}, {"id": 10}], "ref": 1},
             "example-jukebox:jukebox": {"library": {"artist": [{"name": "Foo", "album": [
               {"name": "Light", "genre": "example-jukebox:alternative", "year": 2011},
               {"name": "One", "year": 2002}]}, {"name": "Bar", "album": [{"name": "Light", "year": 1999}]}]},
               "playlist": [{"name": "p", "song": [{"index": 1,
                 "id": "/example-jukebox:jukebox/library/artist[name='Foo']"}]}]}}""");

    private static TreeNode read(String json) {
        try {
            return new JsonReader(MODEL, InputLimits.DEFAULT).readRoot(json.getBytes(UTF_8));
        } catch (YangException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    private static XPathNode node(String path) throws Exception {
        return path.equals("/")
                ? XPathNode.root(ROOT)
                : XPathNode.find(ROOT, InstanceIdentifiers.parse(path, MODEL.root(), MODEL.jsonPrefixes()))
                        .orElseThrow();
    }

    private static String value(String expression, XPathNode context) throws YangException {
        var compiled = XPath.compile(expression, XPathNames.moduleNames(MODEL));
        return switch (compiled.evaluate(context, XPathBudget.standard())) {
            case XPathValue.NodeSet(var nodes) ->
                String.join(
                        " ",
                        nodes.stream()
                                .map(n -> n.inner() == null ? n.text() : n.toString())
                                .toList());
            case XPathValue.Text(var text) -> text;
            case XPathValue.Number(var number) -> Conversions.text(number);
            case XPathValue.Truth(var truth) -> String.valueOf(truth);
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '`', textBlock = """
            1 + 2 * 3 - 4 div 2                     ! 5
            7 mod 3                                 ! 1
            -7 mod 3                                ! -1
            8 div 2 div 2                           ! 2
            - - 3                                   ! 3
            1 div 0                                 ! Infinity
            0 div 0                                 ! NaN
            0.1 + 0.2 > 0.3                         ! true
            .5                                      ! 0.5
            1000000 * 1000000                       ! 1000000000000
            true() and not(false())                 ! true
            1 = 1 = 1                               ! true
            3 > 2 > 1                               ! false
            '1' = 1                                 ! true
            'a' < 'b'                               ! false
            string(1.50)                            ! 1.5
            concat('a', "b'", 'c')                  ! ab'c
            starts-with('abc', 'ab')                ! true
            contains('abc', 'd')                    ! false
            substring('12345', 2, 3)                ! 234
            substring('12345', 1.5, 2.6)            ! 234
            substring('12345', 0, 3)                ! 12
            substring('12345', 0 div 0, 3)          ! ``
            substring('12345', -42, 1 div 0)        ! 12345
            substring-before('1999/04', '/')        ! 1999
            substring-after('1999/04', '/')         ! 04
            substring-after('1999', '/')            ! ``
            string-length('a😀')                    ! 2
            normalize-space('  a  b ')              ! a b
            translate('bar', 'abc', 'AB')           ! BAr
            translate('--aaa--', 'abc-', 'ABC')     ! AAA
            number('x')                             ! NaN
            number(' 12 ')                          ! 12
            number('1e3')                           ! NaN
            number(true())                          ! 1
            floor(-1.5)                             ! -2
            ceiling(-1.5)                           ! -1
            round(2.5)                              ! 3
            round(-2.5)                             ! -2
            boolean('')                             ! false
            boolean(0 div 0)                        ! false
            re-match('1.22.333', '\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}') ! true
            re-match('aabb', 'a*')                  ! false
            """)
    void expressionsWithoutNodes(String expression, String expected) throws Exception {
        assertThat(value(expression, node("/"))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '`', textBlock = """
            rc-test:mtu                                       ! 1400
            /rc-test:top/rc-test:mtu                          ! 1400
            mtu                                               ! 1400
            row/id                                            ! 7 1 10
            row[1]/id                                         ! 7
            row[last()]/id                                    ! 10
            row[position() < 3]/id                            ! 7 1
            row[id > 5][2]/id                                 ! 10
            row[id = 1]/text                                  ! one
            row[id = '1']/text                                ! one
            row[text]/id                                      ! 7 1
            row[not(text)]/id                                 ! 10
            row[text = 'one' or id = 10]/id                   ! 1 10
            (row | entry)[1]/val                              ! u
            (row | entry)[4]/id                               ! 7
            row[id = 1]/following-sibling::row/id             ! 10
            row[id = 1]/preceding-sibling::row/id             ! 7
            row[3]/preceding-sibling::row[1]/id               ! 1
            //rc-test:row[id=10]/../mtu                       ! 1400
            count(//*)                                        ! 58
            count(/descendant::example-jukebox:album)         ! 3
            count(//example-jukebox:name)                     ! 6
            count(row/ancestor::*)                            ! 1
            count(row/ancestor-or-self::node())               ! 5
            count(row/id/../..)                               ! 1
            row[1]/following::rc-test:ref                     ! 1
            ref/preceding::rc-test:row[1]/id                  ! 10
            entry[a='1'][b='2'][c='1']/val                    ! v
            entry[c='1' and b='2' and a='1']/val              ! v
            entry[a='1']/val                                  ! u v
            entry[a='1'][2]/val                               ! v
            entry[2][a='1']/val                               ! v
            entry[b='1']/val                                  ! u w
            entry[a='3']/val                                  ! ``
            entry[a=current()/entry[3]/a]/val                 ! w
            tag                                               ! x y z
            tag[. = 'y']                                      ! y
            tag[2]                                            ! y
            prio                                              ! p o
            tag = 'z'                                         ! true
            not(tag = 'q')                                    ! true
            sum(row/id)                                       ! 18
            row/id > 9                                        ! true
            9 > row/id                                        ! true
            row/id = ref                                      ! true
            mode = 'on'                                       ! true
            flag = ''                                         ! true
            ratio * 2                                         ! 5
            ratio = '2.50'                                    ! true
            mtu/text()                                        ! 1400
            @x                                                ! ``
            mtu/@x                                            ! ``
            rc-test:*[1]                                      ! 1400
            /example-jukebox:*                                ! /example-jukebox:jukebox
            self::rc-test:top/low                             ! 3
            self::rc-test:nosuch                              ! ``
            local-name()                                      ! top
            name(mtu)                                         ! rt:mtu
            namespace-uri(..)                                 ! ``
            namespace-uri()                                   ! urn:rc-test
            string(row[2])                                    ! 1one
            normalize-space(row[1]/text)                      ! seven up
            bit-is-set(opts, 'a')                             ! true
            bit-is-set(opts, 'b')                             ! false
            enum-value(mode)                                  ! 0
            enum-value(mtu)                                   ! NaN
            deref(ref)/../text                                ! one
            deref(/example-jukebox:jukebox/playlist/song/id)/name ! Foo
            """)
    void expressionsOverData(String expression, String expected) throws Exception {
        assertThat(value(expression, node("/rc-test:top"))).isEqualTo(expected);
    }

    @Test
    void someNodeHasToDiffer() throws Exception {
        assertThat(value("tag != 'z'", node("/rc-test:top"))).isEqualTo("true");
        assertThat(value("tag[1] != 'x'", node("/rc-test:top"))).isEqualTo("false");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
            derived-from(genre, 'example-jukebox:genre')               ! true
            derived-from(genre, 'example-jukebox:alternative')         ! false
            derived-from-or-self(genre, 'example-jukebox:alternative') ! true
            derived-from-or-self(genre, 'example-jukebox:rock')        ! false
            derived-from-or-self(genre, 'nosuch:rock')                 ! false
            derived-from(year, 'example-jukebox:genre')                ! false
            genre = 'example-jukebox:alternative'                      ! true
            genre = 'alternative'                                      ! true
            ../album[name = 'One']/year                                ! 2002
            ../../artist[name = 'Bar']/album[name = current()/name]/year ! 1999
            """)
    void identitiesAndCurrent(String expression, String expected) throws Exception {
        var album = node("/example-jukebox:jukebox/library/artist[name='Foo']/album[name='Light']");
        assertThat(value(expression, album)).isEqualTo(expected);
    }

    @Test
    void aKeyPredicateDoesNotReadTheList() throws Exception {
        var rows = new StringBuilder("{\"rc-test:top\":{\"entry\":[");
        for (var i = 0; i < 20_000; i++) {
            rows.append(i == 0 ? "" : ",").append("{\"a\":\"" + i + "\",\"b\":\"x\",\"c\":\"y\"}");
        }
        var root = XPathNode.root(read(rows.append("]}}").toString()));
        for (var expression : List.of(
                "/rc-test:top/entry[a='777'][b='x'][c='y']",
                "/rc-test:top/entry[a='777']/b",
                "boolean(/rc-test:top/entry[a='777' and b='x' and c='y'])")) {
            var budget = new XPathBudget(50);
            assertThat(XPath.compile(expression, XPathNames.moduleNames(MODEL)).evaluate(root, budget))
                    .isNotEqualTo(new XPathValue.Truth(false))
                    .isNotEqualTo(new XPathValue.NodeSet(List.of()));
        }
    }

    @Test
    void namesAreBoundByTheRequest() throws Exception {
        var names = XPathNames.namespaces(MODEL, java.util.Map.of("t", "urn:rc-test"));
        assertThat(XPath.compile("/t:top/t:mtu", names).select(node("/"), XPathBudget.standard()))
                .singleElement()
                .satisfies(n -> assertThat(n.path()).hasToString("/rc-test:top/mtu"));
        var error = catchThrowableOfType(YangException.class, () -> XPath.compile("/rc-test:top", names));
        assertThat(error.first().message())
                .isEqualTo(
                        "XPath expression \"/rc-test:top\", character 2: 'rc-test:top': prefix 'rc-test' is not bound"
                                + " to a module");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "id('x')",
                "document('x')",
                "$v",
                "q:a",
                "rc-test:top[",
                "rc-test:top]",
                "(1",
                "1 1",
                "a b",
                "1 +",
                "foo::a",
                "'x",
                "not()",
                "not(1, 2)",
                "a/",
                "//",
                "a//",
                "/..a",
                "a:b:c",
                "#",
                "last(1)",
                "a[]",
                "::a",
                "count(1, )"
            })
    void a67WhatIsNoExpressionIsAnInvalidValue(String expression) {
        var error = catchThrowableOfType(
                YangException.class, () -> XPath.compile(expression, XPathNames.moduleNames(MODEL)));
        assertThat(error).isNotNull();
        assertThat(error.first().failure()).isEqualTo(Failure.INVALID_VALUE);
        assertThat(error.first().message()).startsWith("XPath expression");
    }

    @Test
    void a66LengthAndDepthAreBounded() {
        for (var expression : List.of(
                "a".repeat(1 << 20),
                "(".repeat(4000),
                "(".repeat(40) + "1" + ")".repeat(40),
                "not(".repeat(1000),
                "a[".repeat(1000),
                "1" + "=1".repeat(2000))) {
            var error = catchThrowableOfType(
                    YangException.class, () -> XPath.compile(expression, XPathNames.moduleNames(MODEL)));
            assertThat(error.first().failure()).isEqualTo(Failure.INVALID_VALUE);
        }
    }

    @Test
    void a66LongChainsAreEvaluatedWithoutRecursion() throws Exception {
        assertThat(value("1" + "+1".repeat(4000), node("/"))).isEqualTo("4001");
        assertThat(value("-".repeat(8000) + "1", node("/"))).isEqualTo("1");
        assertThat(value("count(" + "/*|".repeat(2000) + "/*)", node("/"))).isEqualTo("2");
        assertThat(value("count(/*" + "/.".repeat(2000) + ")", node("/"))).isEqualTo("2");
    }

    @Test
    void a65VisitsAreBounded() {
        var nested = "//*" + "[//*".repeat(20) + "]".repeat(20);
        var slow = "count(//*[count(//*[count(//*[count(//*) > 1]) > 1]) > 1])";
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (var expression : List.of(nested, slow)) {
                var error = catchThrowableOfType(YangException.class, () -> value(expression, node("/")));
                assertThat(error.first().failure()).isEqualTo(Failure.RESOURCE_DENIED);
                assertThat(error.first().message()).isEqualTo("the expression visits more than 1000000 nodes");
            }
        });
    }

    /** The corners of XPath 1.0 §3.4, §4.2 and §4.4. */
    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            round(2.5)                                      ~ 3
            round(-2.5)                                     ~ -2
            round(-2.6)                                     ~ -3
            round(-0.5)                                     ~ 0
            1 div round(-0.5)                               ~ -Infinity
            1 div round(-0.2)                               ~ -Infinity
            1 div round(0.2)                                ~ Infinity
            1 div ceiling(-0.5)                             ~ -Infinity
            round(0.49999999999999994)                      ~ 0
            round(4503599627370497)                         ~ 4503599627370497
            round(-4503599627370497)                        ~ -4503599627370497
            round(1 div 0)                                  ~ Infinity
            round('x')                                      ~ NaN
            string(-0)                                      ~ 0
            string(1000000000000000)                        ~ 1000000000000000
            string(1000000000000000000000000)               ~ 1000000000000000000000000
            string(0.0000001)                               ~ 0.0000001
            string(-12.50)                                  ~ -12.5
            number('  -1.5  ')                              ~ -1.5
            number('1.')                                    ~ 1
            number('+1')                                    ~ NaN
            number('1e3')                                   ~ NaN
            number('- 1')                                   ~ NaN
            number('EN1')                                   ~ NaN
            number('')                                      ~ NaN
            substring('12345', 2, 3)                        ~ 234
            substring('12345', 1.5, 2.6)                    ~ 234
            substring('12345', 0, 3)                        ~ 12
            concat('|', substring('12345', 0 div 0, 3))     ~ |
            concat('|', substring('12345', 1, 0 div 0))     ~ |
            substring('12345', -42, 1 div 0)                ~ 12345
            concat('|', substring('12345', -1 div 0, 1 div 0)) ~ |
            concat('|', normalize-space('  a  b  '), '|')   ~ |a b|
            concat('|', normalize-space('   '), '|')        ~ ||
            string-length(normalize-space('ENaEN'))         ~ 3
            string-length(normalize-space('NBa'))           ~ 2
            translate('aaa', 'aa', 'bc')                    ~ bbb
            translate('--aaa--', 'abc-', 'ABC')             ~ AAA
            lang('en')                                      ~ false
            /rc-test:top/tag = /rc-test:top/prio            ~ false
            /rc-test:top/tag != /rc-test:top/prio           ~ true
            /rc-test:top/tag = /rc-test:top/tag             ~ true
            /rc-test:top/tag != /rc-test:top/tag            ~ true
            /rc-test:top/mtu != /rc-test:top/mtu            ~ false
            /rc-test:top/row/id < /rc-test:top/low          ~ true
            /rc-test:top/row/id > /rc-test:top/row/id       ~ true
            /rc-test:top/nothing != 1                       ~ false
            /rc-test:top/nothing = false()                  ~ true
            /rc-test:top/tag = true()                       ~ true
            /rc-test:top/nothing < true()                   ~ true
            not(/rc-test:top/mtu = /rc-test:top/nothing)    ~ true
            'a' < 'b'                                       ~ false
            '2' < '10'                                      ~ true
            true() > false()                                ~ true
            0 div 0 = 0 div 0                               ~ false
            0 div 0 != 0 div 0                              ~ true
            5 mod -2                                        ~ 1
            -5 mod 2                                        ~ -1
            1.5 mod 0.5                                     ~ 0
            boolean(0 div 0)                                ~ false
            boolean('false')                                ~ true
            count(/rc-test:top/tag/..)                      ~ 1
            (/rc-test:top/row[id = 10]/preceding-sibling::row)[1]/id ~ 7
            /rc-test:top/row[id = 10]/preceding-sibling::row[1]/id   ~ 1
            /rc-test:top/row[position() = last()]/id        ~ 10
            /rc-test:top/row[2][1]/id                       ~ 1
            sum(/rc-test:top/nothing)                       ~ 0
            """)
    void cornersAreThoseOfXPath(String expression, String expected) throws Exception {
        assertThat(value(expression.replace("EN", "\u2002").replace("NB", "\u00a0"), node("/")))
                .as(expression)
                .isEqualTo(expected);
    }
}
