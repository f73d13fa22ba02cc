package io.auspex.yang.xpath;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.yang.codec.DataGenerator;
import io.auspex.yang.codec.XmlOptions;
import io.auspex.yang.codec.XmlWriter;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModelLoader;
import io.auspex.yang.schema.SchemaNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import javax.xml.namespace.NamespaceContext;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** Random expressions over random data give what the XPath engine of the JDK gives. */
class XPathOracleTest {
    private static final ModelContext MODEL = ModelLoader.load(List.of(Path.of("src/test/resources/yang")));
    private static final SchemaNode TOP = MODEL.root().child("rc-test", "top").orElseThrow();
    private static final XPathNames NAMES = XPathNames.namespaces(MODEL, Map.of("r", "urn:rc-test"));

    private static Document document(TreeNode top) throws Exception {
        var out = new ByteArrayOutputStream();
        XmlWriter.write(top, out, XmlOptions.COMPACT);
        var factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(out.toByteArray()));
    }

    private static javax.xml.xpath.XPath oracle() {
        var factory = XPathFactory.newInstance();
        for (var limit : List.of("xpathExprGrpLimit", "xpathExprOpLimit", "xpathTotalOpLimit")) {
            factory.setProperty("jdk.xml." + limit, "0");
        }
        var xpath = factory.newXPath();
        xpath.setNamespaceContext(new NamespaceContext() {
            @Override
            public String getNamespaceURI(String prefix) {
                return prefix.equals("r") ? "urn:rc-test" : "";
            }

            @Override
            public @Nullable String getPrefix(String namespace) {
                return null;
            }

            @Override
            public Iterator<String> getPrefixes(String namespace) {
                return List.<String>of().iterator();
            }
        });
        return xpath;
    }

    @Property(tries = 1_500)
    void expressionsGiveWhatTheEngineOfTheJdkGives(@ForAll long seed) throws Exception {
        // Given
        var top = new DataGenerator(MODEL, seed)
                .container(TOP)
                .without(TOP.child("blob").orElseThrow());
        var context = XPathNode.root(TreeNode.of(MODEL.root(), List.of(top)));
        var document = document(top);
        // The engine of the JDK counts a character beyond U+FFFF twice.
        Assume.that(
                document.getDocumentElement().getTextContent().chars().noneMatch(c -> Character.isSurrogate((char) c)));
        var expression = new Grammar(seed).expression(3);

        // When
        var value = XPath.compile(expression, NAMES).evaluate(context, XPathBudget.standard());

        // Then
        assertThat(shown(value)).as(expression).isEqualTo(expected(expression, value, document));
    }

    private static Object shown(XPathValue value) {
        var conversions = new Conversions(new Tree(false, XPathBudget.standard()), NAMES);
        return switch (value) {
            case XPathValue.NodeSet(var nodes) ->
                nodes.stream().map(n -> name(n) + "=" + text(conversions, n)).toList();
            case XPathValue.Number(var number) -> number;
            case XPathValue.Text(var text) -> text;
            case XPathValue.Truth(var truth) -> truth;
        };
    }

    private static Object expected(String expression, XPathValue value, Document document) {
        try {
            return switch (value) {
                case XPathValue.NodeSet _ -> {
                    var found = (NodeList) oracle().evaluate(expression, document, XPathConstants.NODESET);
                    yield IntStream.range(0, found.getLength())
                            .mapToObj(found::item)
                            .map(n -> n.getLocalName() + "=" + n.getTextContent())
                            .toList();
                }
                case XPathValue.Number _ -> oracle().evaluate(expression, document, XPathConstants.NUMBER);
                case XPathValue.Text _ -> oracle().evaluate(expression, document, XPathConstants.STRING);
                case XPathValue.Truth _ -> oracle().evaluate(expression, document, XPathConstants.BOOLEAN);
            };
        } catch (XPathExpressionException e) {
            // All expressions are right; the engine of the JDK fails inside on a few.
            throw new TestAbortedException(expression, e);
        }
    }

    private static @Nullable String name(XPathNode node) {
        return node.parent().isEmpty() ? null : node.schema().name();
    }

    /** The DOM has no text of a document. */
    private static @Nullable String text(Conversions conversions, XPathNode node) {
        return node.parent().isEmpty() ? null : conversions.text(node);
    }

    /** Random expressions whose value does not depend on text nodes or on canonical forms. */
    private static final class Grammar {
        private static final List<String> NAMES = List.of(
                "r:top",
                "r:mtu",
                "r:low",
                "r:high",
                "r:tag",
                "r:prio",
                "r:entry",
                "r:a",
                "r:b",
                "r:val",
                "r:row",
                "r:id",
                "r:text",
                "r:mode",
                "r:state",
                "r:sample",
                "r:v",
                "r:ref",
                "r:left",
                "*",
                "r:*");
        private static final List<String> AXES = List.of(
                "",
                "",
                "",
                "",
                "",
                "descendant::",
                "descendant-or-self::",
                "ancestor::",
                "ancestor-or-self::",
                "following-sibling::",
                "preceding-sibling::",
                "following::",
                "preceding::",
                "self::",
                "parent::");
        private static final List<String> LITERALS = List.of("'a'", "'1'", "'x y'", "''", "'on'", "'7'", "'eth0'");
        private static final List<String> NUMBERS = List.of("0", "1", "2", "3", "7", "1.5", "64");

        private final Random random;

        Grammar(long seed) {
            random = new Random(seed);
        }

        private String any(List<String> all) {
            return all.get(random.nextInt(all.size()));
        }

        String expression(int depth) {
            if (depth == 0) {
                return random.nextBoolean() ? any(LITERALS) : any(NUMBERS);
            }
            var next = depth - 1;
            return switch (random.nextInt(16)) {
                case 0 -> operand(next) + " or " + operand(next);
                case 1 -> operand(next) + " and " + operand(next);
                case 2 -> "(" + operand(next) + ") = (" + operand(next) + ")";
                case 3 -> "(" + operand(next) + ") != (" + operand(next) + ")";
                case 4 -> "(" + operand(next) + ") " + any(List.of("<", "<=", ">", ">=")) + " (" + operand(next) + ")";
                case 5 ->
                    "(" + operand(next) + ") " + any(List.of("+", "-", "*", "div", "mod")) + " (" + operand(next) + ")";
                case 6 -> "not(" + operand(next) + ")";
                case 7 -> "count(" + nodes(next) + ")";
                case 8 -> "sum(" + nodes(next) + ")";
                case 9 -> "string-length(string(" + nodes(next) + "))";
                case 10 -> "concat(string(" + nodes(next) + "), '-', local-name(" + nodes(next) + "))";
                case 11 -> "contains(string(" + nodes(next) + "), " + any(LITERALS) + ")";
                case 12 -> "substring(string(" + nodes(next) + "), " + any(NUMBERS) + ", " + any(NUMBERS) + ")";
                default -> nodes(next);
            };
        }

        /** Without unions, whose truth and first node the engine of the JDK gets wrong. */
        private String operand(int depth) {
            var expression = expression(depth);
            return expression.contains(" | ") ? path(0) : expression;
        }

        private String nodes(int depth) {
            return switch (random.nextInt(8)) {
                case 0 -> path(depth) + " | " + path(depth);
                case 1 -> "(" + path(depth) + " | " + path(depth) + ")" + predicate(depth);
                case 2 -> "(" + path(depth) + ")" + predicate(depth) + "/" + step(depth);
                default -> path(depth);
            };
        }

        private String path(int depth) {
            var start = any(List.of("/r:top/", "/r:top/", "//", "/", ""));
            var path = new StringBuilder(start).append(start.equals("//") ? down(depth) : step(depth));
            for (var i = random.nextInt(3); i > 0; i--) {
                path.append(random.nextInt(5) == 0 ? "//" + down(depth) : "/" + step(depth));
            }
            return path.toString();
        }

        private String step(int depth) {
            if (random.nextInt(10) == 0) {
                return random.nextBoolean() ? ".." : ".";
            }
            return any(AXES) + any(NAMES) + (random.nextInt(3) == 0 ? predicate(depth) : "");
        }

        /** A step after //, which starts at text nodes too: not to their parents. */
        private String down(int depth) {
            return any(List.of("", "", "descendant::", "self::", "following-sibling::"))
                    + any(NAMES)
                    + (random.nextInt(3) == 0 ? predicate(depth) : "");
        }

        private String predicate(int depth) {
            return switch (random.nextInt(6)) {
                case 0 -> "[" + (1 + random.nextInt(3)) + "]";
                case 1 -> "[last()]";
                case 2 -> "[position() < " + (1 + random.nextInt(4)) + "]";
                case 3 -> "[" + any(NAMES) + " = " + any(LITERALS) + "]";
                case 4 -> "[" + any(NAMES) + "]";
                default -> "[" + (depth == 0 ? ". = " + any(LITERALS) : "boolean(" + operand(depth - 1) + ")") + "]";
            };
        }
    }
}
