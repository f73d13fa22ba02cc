package io.auspex.yang.codec;

import static io.auspex.yang.codec.TestModel.MODEL;
import static io.auspex.yang.codec.TestModel.path;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.auspex.yang.InputLimits;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.XsdRegex;
import io.auspex.yang.xpath.XPath;
import io.auspex.yang.xpath.XPathBudget;
import io.auspex.yang.xpath.XPathNames;
import io.auspex.yang.xpath.XPathNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Objects;

/** Jazzer targets for what a client can send: whatever it is, the outcome is a value or a {@link YangException}. */
class ForeignDataFuzzTest {
    private static final JsonReader JSON = new JsonReader(MODEL, InputLimits.DEFAULT);
    private static final XmlReader XML = new XmlReader(MODEL, InputLimits.DEFAULT);
    private static final TreeNode DATA = new DataGenerator(MODEL, 42).root();
    private static final int MAX = 4096;

    @FuzzTest
    void jsonThatIsTakenIsWrittenAndReadBack(FuzzedDataProvider data) throws IOException, YangException {
        DataNode node;
        try {
            node = JSON.readRoot(data.consumeRemainingAsBytes());
        } catch (YangException refused) {
            assertThat(refused.first().message()).isNotBlank();
            return;
        }
        var out = new ByteArrayOutputStream();
        JsonWriter.write(node, out, JsonOptions.COMPACT);
        assertThat(JSON.readRoot(out.toByteArray())).isEqualTo(node);
        XmlWriter.write(node, new ByteArrayOutputStream(), XmlOptions.COMPACT);
    }

    @FuzzTest
    void xmlThatIsTakenIsWrittenAndReadBack(FuzzedDataProvider data) throws IOException, YangException {
        DataNode node;
        try {
            node = XML.read(data.consumeRemainingAsBytes(), path("/rc-test:top"));
        } catch (YangException refused) {
            assertThat(refused.first().message()).isNotBlank();
            return;
        }
        var out = new ByteArrayOutputStream();
        XmlWriter.write(node, out, XmlOptions.COMPACT);
        XML.read(out.toByteArray(), path("/rc-test:top"));
        JsonWriter.write(node, new ByteArrayOutputStream(), JsonOptions.COMPACT);
    }

    @FuzzTest
    void editsAreReadOrRefused(FuzzedDataProvider data) {
        try {
            var in = XmlInput.open(data.consumeRemainingAsBytes(), InputLimits.DEFAULT);
            in.nextTag();
            assertThat(XML.readEdit(in, EditOperation.MERGE)).isNotNull();
        } catch (YangException refused) {
            assertThat(refused.first().message()).isNotBlank();
        } catch (javax.xml.stream.XMLStreamException refused) {
            assertThat(XmlRefused.describe(refused).first().message()).isNotBlank();
        }
    }

    @FuzzTest
    void anExpressionIsEvaluatedOrRefused(FuzzedDataProvider data) {
        try {
            var expression = XPath.compile(data.consumeString(MAX), XPathNames.moduleNames(MODEL));
            var budget = new XPathBudget(20_000);
            var value = expression.evaluateWithDefaults(XPathNode.root(DATA), budget);
            assertThat(value).isNotNull();
            assertThat(budget.spent()).isLessThanOrEqualTo(20_000);
        } catch (YangException refused) {
            assertThat(refused.first().message()).isNotBlank();
        }
    }

    @FuzzTest
    void aPatternMatchesOrIsRefused(FuzzedDataProvider data) {
        var text = data.consumeString(64);
        try {
            var regex = XsdRegex.compile(data.consumeRemainingAsString());
            assertThat(regex.matches(text)).isEqualTo(regex.matches(text));
        } catch (XsdRegex.Refused refused) {
            assertThat(Objects.toString(refused.getMessage())).isNotBlank();
        }
    }
}
