package io.auspex.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.auspex.yang.InputLimits;
import io.auspex.yang.codec.JsonOptions;
import io.auspex.yang.codec.JsonReader;
import io.auspex.yang.codec.JsonWriter;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.InstanceIdentifiers;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModelLoader;
import io.auspex.yang.xpath.XPathNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The input of rpcs and actions is validated as configuration is (RFC 7950 §7.14.2, §8.1). */
class OperationInputTest {
    private static final ModelContext MODEL = ModelLoader.load(List.of(Path.of("src/test/resources/yang")));

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static TreeNode data() throws YangException {
        return new JsonReader(MODEL, InputLimits.DEFAULT)
                .readRoot(bytes("{'input-test:servers':{'server':[{'name':'a','limit':5},{'name':'b','limit':9}]}}"));
    }

    private static String checked(String input) throws Exception {
        var rpc = MODEL.rpc("input-test", "move").orElseThrow();
        var read = new JsonReader(MODEL, InputLimits.DEFAULT)
                .readOperationInput(bytes("{'input-test:input':{" + input + "}}"), rpc);
        return json(OperationInput.checked(read, XPathNode.root(data())));
    }

    private static String json(io.auspex.yang.data.DataNode node) throws Exception {
        var out = new ByteArrayOutputStream();
        JsonWriter.write(node, out, JsonOptions.COMPACT);
        return out.toString(StandardCharsets.UTF_8).replace('"', '\'');
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    'to':'a'                                          | {'input-test:input':{'to':'a','speed':5,'options':{'retry':3},'level':1}}
                    'to':'b','speed':7,'options':{'retry':1}          | {'input-test:input':{'to':'b','speed':7,'options':{'retry':1},'level':1}}
                    'to':'a','item':[{'id':1},{'id':2,'weight':4}]    | {'input-test:input':{'to':'a','speed':5,'item':[{'id':1,'weight':2},{'id':2,'weight':4}],'options':{'retry':3},'level':1}}
                    'to':'a','slow':[null]                            | {'input-test:input':{'to':'a','speed':5,'options':{'retry':3},'slow':[null]}}
                    'to':'a','at':'/input-test:servers/server[name=\\"b\\"]' | {'input-test:input':{'to':'a','speed':5,'at':'/input-test:servers/server[name=\\'b\\']','options':{'retry':3},'level':1}}
                    """)
    void validInputGetsItsDefaults(String input, String expected) throws Exception {
        assertThat(checked(input.replace("\\'", "\\u0027"))).isEqualTo(expected.replace("\\'", "'"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    'speed':1                                | missing-element  | 'to' is mandatory | /input-test:move/input
                    'to':'z'                                 | data-missing     | refers to 'z' | /input-test:move/input/to
                    'to':'a','speed':6                       | operation-failed | faster than the server | /input-test:move/input
                    'to':'a','reason':'x'                    | unknown-element  | exists only when | /input-test:move/input/reason
                    'to':'a','item':[{'id':1},{'id':2},{'id':3}] | operation-failed | at most 2 | /input-test:move/input/item
                    'to':'a','item':[{'id':1,'tag':'t'},{'id':2,'tag':'t'}] | operation-failed | has to be unique | /input-test:move/input/item
                    'to':'a','item':[{'id':1,'few':['x']}]   | operation-failed | at least 2 | /input-test:move/input/item[id='1']/few
                    'to':'a','at':'/input-test:servers/server[name=\\"z\\"]' | data-missing | does not exist | /input-test:move/input/at
                    """)
    void inputThatBreaksAConstraintIsRefused(String input, String tag, String message, String path) {
        var refused = catchThrowableOfType(YangException.class, () -> checked(input));
        assertThat(refused.first().tag().toString()).isEqualTo(tag);
        assertThat(refused).hasMessageContaining(message);
        assertThat(refused.first().path()).hasToString(path);
    }

    @ParameterizedTest
    @CsvSource({"a,4,''", "a,6,above the limit", "b,9,''"})
    void anActionIsEvaluatedBelowItsTarget(String server, int load, String message) throws Exception {
        var data = data();
        DataPath target = InstanceIdentifiers.parse(
                "/input-test:servers/server[name='" + server + "']", MODEL.root(), MODEL.jsonPrefixes());
        var action = target.schema().operations().getFirst();
        var input = new JsonReader(MODEL, InputLimits.DEFAULT)
                .readOperationInput(bytes("{'input-test:input':{'load':" + load + "}}"), action);
        var at = XPathNode.find(data, target).orElseThrow();
        if (message.isEmpty()) {
            assertThat(OperationInput.checked(input, at).value("load")).contains((long) load);
        } else {
            assertThat(catchThrowableOfType(YangException.class, () -> OperationInput.checked(input, at)))
                    .hasMessage(message);
        }
    }
}
