package io.auspex.yang.xpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.NodeBuilder;
import io.auspex.yang.error.ErrorTag;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModelLoader;
import io.auspex.yang.schema.XsdRegex;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions and patterns that are meant to take the server down; the rows of the hostile-input table. */
class HostileExpressionTest {
    private static final ModelContext MODEL = ModelLoader.load(List.of(Path.of("src/test/resources/yang")));
    private static final InnerNode DATA = NodeBuilder.node(
            MODEL.root(),
            root -> root.container("rc-test:top", top -> {
                for (var i = 0; i < 300; i++) {
                    top.value("tag", "t" + i);
                }
            }));

    private static XPathValue evaluate(String expression) throws YangException {
        return XPath.compile(expression, XPathNames.moduleNames(MODEL))
                .evaluate(XPathNode.root(DATA), XPathBudget.standard());
    }

    private static ErrorTag refusal(String expression) {
        return catchThrowableOfType(YangException.class, () -> evaluate(expression))
                .first()
                .tag();
    }

    @Nested
    class A65 {
        @Test
        void twentyNestedScansOfTheWholeTreeRunIntoTheBudget() {
            assertThat(refusal("//*[".repeat(20) + "//*" + "]".repeat(20))).isEqualTo(ErrorTag.RESOURCE_DENIED);
        }

        @Test
        void aProductOfScansRunsIntoTheBudget() {
            assertThat(refusal("count(//*[count(//*[count(//*) > 1]) > 1])")).isEqualTo(ErrorTag.RESOURCE_DENIED);
        }
    }

    @Nested
    class A66 {
        @Test
        void aMebibyteIsRefusedBeforeItIsRead() {
            assertThat(refusal("/rc-test:top" + " ".repeat(1 << 20))).isEqualTo(ErrorTag.INVALID_VALUE);
        }

        @Test
        void tenThousandParenthesesAreRefused() {
            assertThat(refusal("(".repeat(10_000) + "1" + ")".repeat(10_000))).isEqualTo(ErrorTag.INVALID_VALUE);
            assertThat(refusal("(".repeat(100) + "1" + ")".repeat(100))).isEqualTo(ErrorTag.INVALID_VALUE);
        }

        @Test
        void tenThousandUnionsAreRefusedAndThousandsOfOperatorsDoNotOverflowTheStack() throws Exception {
            assertThat(refusal("a" + "|a".repeat(10_000))).isEqualTo(ErrorTag.INVALID_VALUE);
            assertThat(evaluate("-".repeat(8_000) + "1")).isNotNull();
            assertThat(evaluate("1" + "+1".repeat(4_000))).isNotNull();
        }
    }

    @Nested
    class A67 {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "id('x')",
                    "document('/etc/passwd')",
                    "doc('http://192.0.2.1/')",
                    "system-property('xsl:vendor')",
                    "unknown()",
                    "$x",
                    "nowhere:top",
                    "/nowhere:*",
                    "unparsed-text('x')"
                })
        void whatIsNotOfXPathAndYangIsRefused(String expression) {
            assertThat(refusal(expression)).isEqualTo(ErrorTag.INVALID_VALUE);
        }
    }

    @Nested
    class A68 {
        @ParameterizedTest
        @ValueSource(strings = {"(a|b)*", "(a*)*b", "(a|aa)+c", "(a|b)*a(a|b){14}", "([a-b]+)+x", ".*.*.*.*.*c"})
        void aPatternThatBacktracksElsewhereAnswersOrIsRefused(String pattern) {
            var expression = "re-match('" + "ab".repeat(3_000) + "', '" + pattern + "')";
            try {
                assertThat(evaluate(expression)).isNotNull();
            } catch (YangException e) {
                assertThat(e.first().tag()).isIn(ErrorTag.INVALID_VALUE, ErrorTag.RESOURCE_DENIED);
            }
        }

        @Test
        void longTextDoesNotOverflowTheStack() throws Exception {
            assertThat(XsdRegex.compile("(a|b)*").matches("ab".repeat(100_000))).isTrue();
        }
    }

    @Nested
    class A75 {
        @ParameterizedTest
        @ValueSource(strings = {"(a{1,1000}){1,1000}", "((a{1,100}){1,100}){1,100}", "(a|b)*a(a|b){1000000}"})
        void aPatternOfTooManyStatesIsRefused(String pattern) {
            assertThatThrownBy(() -> XsdRegex.compile(pattern)).isInstanceOf(XsdRegex.Refused.class);
        }

        @Test
        void tenMebibytesAreRefused() {
            assertThatThrownBy(() -> XsdRegex.compile("a".repeat(10 << 20))).isInstanceOf(XsdRegex.Refused.class);
            assertThatThrownBy(() -> XsdRegex.compile("(".repeat(100_000))).isInstanceOf(XsdRegex.Refused.class);
        }
    }
}
