package io.auspex.yang.codec;

import static io.auspex.yang.codec.TestModel.MODEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.yang.InputLimits;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.YangException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Documents that are nearly right, judged by others: what Jackson or the parser of the JDK finds not well-formed is never
 * taken, and what is taken says to them the same as it did before.
 */
class ReaderOracleTest {
    private static final JsonReader JSON = new JsonReader(MODEL, InputLimits.DEFAULT);
    private static final XmlReader XML = new XmlReader(MODEL, InputLimits.DEFAULT);
    private static final JsonMapper JACKSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "null",
            "true",
            "0",
            "-1",
            "1e9",
            " ",
            "\n",
            "\t",
            "<",
            ">",
            "/",
            "&",
            "&amp;",
            "&#65;",
            "<a>",
            "</a>",
            "<!-- -->",
            "<![CDATA[x]]>",
            "<?p?>",
            "xmlns=\"\"",
            "=",
            "'",
            "é",
            "x",
            "");

    @Property(tries = 300)
    void jsonIsTakenAsJacksonTakesIt(@ForAll long seed) throws IOException {
        var random = new Random(seed);
        var document = mutated(json(new DataGenerator(MODEL, seed).root()), random);
        var expected = byJackson(document);
        if (expected == null) {
            assertThatThrownBy(() -> JSON.readRoot(document)).isInstanceOf(YangException.class);
            return;
        }
        var read = read(() -> JSON.readRoot(document));
        if (read != null) {
            var again = Objects.requireNonNull(byJackson(json(read)));
            assertThat(leaves(again)).isEqualTo(leaves(expected));
        }
    }

    @Property(tries = 300)
    void xmlIsTakenAsTheParserOfTheJdkTakesIt(@ForAll long seed) throws Exception {
        var random = new Random(seed);
        var document = mutated(xml(new DataGenerator(MODEL, seed).root()), random);
        var expected = byJdk(document);
        if (expected == null) {
            assertThatThrownBy(() -> XML.readRoot(document)).isInstanceOf(YangException.class);
            return;
        }
        var read = read(() -> XML.readRoot(document));
        if (read != null) {
            var again = Objects.requireNonNull(byJdk(xml(read)));
            assertThat(leaves(again)).isEqualTo(leaves(expected));
        }
    }

    private interface Reading {
        TreeNode read() throws YangException;
    }

    /** What is read; null when the model or a limit refuses it. */
    private static @Nullable TreeNode read(Reading reading) {
        try {
            return reading.read();
        } catch (YangException refused) {
            assertThat(refused.first().message()).isNotBlank();
            return null;
        }
    }

    private static byte[] mutated(byte[] document, Random random) {
        var text = new StringBuilder(new String(document, StandardCharsets.UTF_8));
        for (var i = random.nextInt(3); i > 0; i--) {
            var from = random.nextInt(text.length() + 1);
            var to = Math.min(text.length(), from + random.nextInt(3));
            text.replace(from, to, PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] json(TreeNode root) throws IOException {
        var out = new ByteArrayOutputStream();
        JsonWriter.write(root, out, JsonOptions.COMPACT);
        return out.toByteArray();
    }

    private static byte[] xml(TreeNode root) throws IOException {
        var out = new ByteArrayOutputStream();
        XmlWriter.write(root, out, XmlOptions.COMPACT);
        return out.toByteArray();
    }

    private static @Nullable JsonNode byJackson(byte[] document) {
        try {
            return JACKSON.readTree(document);
        } catch (JacksonException _) {
            return null;
        }
    }

    private static @Nullable Element byJdk(byte[] document) throws Exception {
        var factory = DocumentBuilderFactory.newDefaultNSInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        DocumentBuilder parser = factory.newDocumentBuilder();
        parser.setErrorHandler(null);
        try {
            return parser.parse(new ByteArrayInputStream(document)).getDocumentElement();
        } catch (SAXException _) {
            return null;
        }
    }

    /** How many values a document has, whatever their order and canonical form. */
    private static long leaves(JsonNode node) {
        return node.isContainer()
                ? node.valueStream().mapToLong(ReaderOracleTest::leaves).sum()
                : 1;
    }

    private static long leaves(Element element) {
        long count = 0;
        var inner = false;
        for (var child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child.getNodeType() == Node.ELEMENT_NODE) {
                inner = true;
                count += leaves((Element) child);
            }
        }
        return inner ? count : element.getTextContent().isBlank() ? 0 : 1;
    }
}
