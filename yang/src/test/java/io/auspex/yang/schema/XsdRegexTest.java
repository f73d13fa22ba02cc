package io.auspex.yang.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class XsdRegexTest {
    private static final Duration LONG = Duration.ofSeconds(5);

    private static boolean matches(String expression, String text) {
        try {
            return XsdRegex.compile(expression).matches(text);
        } catch (XsdRegex.Refused e) {
            throw new AssertionError(expression + ": " + e.getMessage(), e);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '`', textBlock = """
            a|b*              ! bbb   ! true
            a|b*              ! ab    ! false
            a?b{2,3}c+        ! abbc  ! true
            a?b{2,3}c+        ! bbbbc ! false
            a{2,}             ! aaaa  ! true
            a{0}b             ! b     ! true
            (ab){2}           ! abab  ! true
            ^a$               ! ^a$   ! true
            ^a$               ! a     ! false
            [a-c-[b]]+        ! acca  ! true
            [a-c-[b]]+        ! abc   ! false
            [^a-c]            ! d     ! true
            [^a-c]            ! b     ! false
            [a-]              ! -     ! true
            [-a]              ! -     ! true
            [\\-a]            ! -     ! true
            \\d+              ! 12     ! true
            \\d+              ! ٣     ! true
            \\p{L}+           ! äß     ! true
            \\P{L}            ! ä     ! false
            \\p{IsBasicLatin} ! a     ! true
            \\p{IsBasicLatin} ! ä     ! false
            [\\i-[:]][\\c-[:]]* ! a-1 ! true
            [\\i-[:]][\\c-[:]]* ! 1a  ! false
            \\w\\.            ! ä.     ! true
            \\s               ! a     ! false
            .                 ! 😀    ! true
            [😀-😂]           ! 😁    ! true
            \\(\\[\\|         ! ([|   ! true
            [a-z-[aeiou-[e]]]+ ! bec  ! true
            [a-z-[aeiou-[e]]]+ ! bac  ! false
            [^a-z-[0-9]]      ! 5     ! false
            [^a-z-[0-9]]      ! A     ! true
            [\\p{L}-[\\p{Lu}]]+ ! aß   ! true
            [\\p{L}-[\\p{Lu}]]+ ! aB   ! false
            [\\D]            ! 5     ! false
            [^\\d]           ! a     ! true
            [\\S\\s]        ! a     ! true
            \\i              ! :     ! true
            \\i              ! -     ! false
            \\I              ! 5     ! true
            \\c              ! ·     ! true
            \\C              ! a     ! false
            \\p{Sc}          ! €     ! true
            \\p{Nl}          ! Ⅷ     ! true
            \\p{C}           ! a     ! false
            \\W              ! -     ! true
            \\w              ! _     ! false
            \\w              ! +     ! true
            [.]               ! a     ! false
            [*+?.|(){}]+      ! *(}   ! true
            a|                ! a     ! true
            ()a               ! a     ! true
            (a?){3}           ! aa    ! true
            (a*)*b            ! aab   ! true
            x{2,2}            ! xx    ! true
            """)
    void expressionsOfXmlSchemaMatchWholeTexts(String expression, String text, boolean expected) {
        assertThat(matches(expression, text)).isEqualTo(expected);
    }

    @Test
    void emptyBranchesMatchTheEmptyText() {
        assertThat(matches("", "")).isTrue();
        assertThat(matches("a|", "")).isTrue();
        assertThat(matches("()*", "")).isTrue();
        assertThat(matches("(a*)*", "")).isTrue();
        assertThat(matches(".", "\n")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                ")",
                "[",
                "[a",
                "a{",
                "a{2,1}",
                "*a",
                "a**",
                "\\",
                "\\b",
                "\\p{Xx}",
                "\\pL",
                "[b-a]",
                "a{99999999999}"
            })
    void whatIsNoExpressionIsRefused(String expression) {
        assertThatThrownBy(() -> XsdRegex.compile(expression)).isInstanceOf(XsdRegex.Refused.class);
    }

    @Test
    void a68MatchingTakesLinearTime() {
        var text = "ab".repeat(10_000);
        Assertions.assertTimeoutPreemptively(LONG, () -> {
            assertThat(matches("(a|b)*", text)).isTrue();
            assertThat(matches("(a*)*c", text)).isFalse();
            assertThat(matches("(a|b)*a(a|b){15}", text)).isTrue();
            assertThat(matches("((a|b|ab)*)*c", text)).isFalse();
            assertThat(matches("(x+x+)+y", "x".repeat(20_000))).isFalse();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((a{1,1000}){1,1000}){1,1000}",
                "(((){1,20000}){1,20000}){1,20000}",
                "a{1,1000}{1,1000}",
                "((((((((((a{0,9}){0,9}){0,9}){0,9}){0,9}){0,9}){0,9}){0,9}){0,9}){0,9})"
            })
    void a75BombsAreRefusedAtCompileTime(String expression) {
        Assertions.assertTimeoutPreemptively(
                LONG,
                () -> assertThatThrownBy(() -> XsdRegex.compile(expression)).isInstanceOf(XsdRegex.Refused.class));
    }

    @Test
    void nestingIsBounded() {
        assertThatThrownBy(() -> XsdRegex.compile("(".repeat(30_000))).hasMessageContaining("nested deeper");
        assertThatThrownBy(() -> XsdRegex.compile("[a-".repeat(15_000))).hasMessageContaining("nested deeper");
        assertThatThrownBy(() -> XsdRegex.compile("a".repeat(10 << 20))).hasMessageContaining("more than 65536");
    }

    static Stream<String> patternsOfTheModules() {
        return ModelLoader.load().root().children().stream()
                .flatMap(XsdRegexTest::patterns)
                .distinct();
    }

    private static Stream<String> patterns(SchemaNode node) {
        var own = node.isLeafLike() ? patterns(node.type()) : Stream.<String>of();
        return Stream.concat(own, node.children().stream().flatMap(XsdRegexTest::patterns));
    }

    private static Stream<String> patterns(ValueType type) {
        return switch (type) {
            case StringType string -> string.patterns().stream().map(PatternRule::expression);
            case UnionType union -> union.members().stream().flatMap(XsdRegexTest::patterns);
            default -> Stream.of();
        };
    }

    @ParameterizedTest
    @MethodSource("patternsOfTheModules")
    void patternsOfTheModulesMatchAsJavaMatchesThem(String expression) throws XsdRegex.Refused {
        var regex = XsdRegex.compile(expression);
        var java = Pattern.compile(
                expression.replace("^", "\\^").replace("[\\^", "[^").replace("$", "\\$"));
        for (var text : new String[] {
            "",
            "a",
            "1",
            "10.0.0.1",
            "10.0.0.256",
            "2001:db8::1",
            "::",
            "10.0.0.0/8",
            "2001:db8::/32",
            "a.example.",
            "2026-11-21T06:00:00Z",
            "2026-11-21T06:00:00.5+01:00",
            "1.3.6.1",
            "00:11:22:aa:bb:cc",
            "123e4567-e89b-12d3-a456-426614174000",
            "$6$salt$hash",
            "$0$x",
            "*",
            "eth0",
            "0:65000:1",
            "xml",
            "Xml1",
            "a b",
            "a\nb",
            "ä"
        }) {
            assertThat(regex.matches(text))
                    .as(text)
                    .isEqualTo(java.matcher(text).matches());
        }
    }

    @Test
    void theDotTakesNoEndOfLineAndNegationsDo() {
        assertThat(matches(".*", "a\nb")).isFalse();
        assertThat(matches(".*", "a\rb")).isFalse();
        assertThat(matches("(.|\\n)*", "a\nb")).isTrue();
        assertThat(matches("[^a]*", "\n\r")).isTrue();
        assertThat(matches(".", "\u2028")).isTrue();
        assertThat(matches("a\\n", "a\n")).isTrue();
    }

    /** XML Schema 2, second edition, §F.1.1. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "BasicLatin",
                "Latin-1Supplement",
                "LatinExtended-A",
                "LatinExtended-B",
                "IPAExtensions",
                "SpacingModifierLetters",
                "CombiningDiacriticalMarks",
                "Greek",
                "Cyrillic",
                "Armenian",
                "Hebrew",
                "Arabic",
                "Syriac",
                "Thaana",
                "Devanagari",
                "Bengali",
                "Gurmukhi",
                "Gujarati",
                "Oriya",
                "Tamil",
                "Telugu",
                "Kannada",
                "Malayalam",
                "Sinhala",
                "Thai",
                "Lao",
                "Tibetan",
                "Myanmar",
                "Georgian",
                "HangulJamo",
                "Ethiopic",
                "Cherokee",
                "UnifiedCanadianAboriginalSyllabics",
                "Ogham",
                "Runic",
                "Khmer",
                "Mongolian",
                "LatinExtendedAdditional",
                "GreekExtended",
                "GeneralPunctuation",
                "SuperscriptsandSubscripts",
                "CurrencySymbols",
                "CombiningMarksforSymbols",
                "LetterlikeSymbols",
                "NumberForms",
                "Arrows",
                "MathematicalOperators",
                "MiscellaneousTechnical",
                "ControlPictures",
                "OpticalCharacterRecognition",
                "EnclosedAlphanumerics",
                "BoxDrawing",
                "BlockElements",
                "GeometricShapes",
                "MiscellaneousSymbols",
                "Dingbats",
                "BraillePatterns",
                "CJKRadicalsSupplement",
                "KangxiRadicals",
                "IdeographicDescriptionCharacters",
                "CJKSymbolsandPunctuation",
                "Hiragana",
                "Katakana",
                "Bopomofo",
                "HangulCompatibilityJamo",
                "Kanbun",
                "BopomofoExtended",
                "EnclosedCJKLettersandMonths",
                "CJKCompatibility",
                "CJKUnifiedIdeographsExtensionA",
                "CJKUnifiedIdeographs",
                "YiSyllables",
                "YiRadicals",
                "HangulSyllables",
                "PrivateUse",
                "CJKCompatibilityIdeographs",
                "AlphabeticPresentationForms",
                "ArabicPresentationForms-A",
                "CombiningHalfMarks",
                "CJKCompatibilityForms",
                "SmallFormVariants",
                "ArabicPresentationForms-B",
                "HalfwidthandFullwidthForms",
                "Specials",
                "OldItalic",
                "Gothic",
                "Deseret",
                "ByzantineMusicalSymbols",
                "MusicalSymbols",
                "MathematicalAlphanumericSymbols",
                "CJKUnifiedIdeographsExtensionB",
                "CJKCompatibilityIdeographsSupplement",
                "Tags"
            })
    void everyBlockOfXmlSchemaIsKnown(String block) {
        assertThat(CharacterSet.named("Is" + block))
                .hasValueSatisfying(set -> assertThat(set.ranges()).isNotEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[^]",
                "a**",
                "a{2}{3}",
                "a{,3}",
                "*a",
                "[b-a]",
                "[a-\\d]",
                "\\q",
                "\\p{Xx}",
                "\\p{IsNowhere}",
                "(a",
                "a)",
                "[a",
                "a{3,2}",
                "[a-[b]c]",
                "\\"
            })
    void whatXmlSchemaDoesNotHaveIsRefused(String expression) {
        assertThatThrownBy(() -> XsdRegex.compile(expression)).isInstanceOf(XsdRegex.Refused.class);
    }
}
