package io.auspex.yang.codec;

import static io.auspex.yang.codec.TestModel.MODEL;
import static io.auspex.yang.codec.TestModel.path;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.yang.InputLimits;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafListNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.ModuleInfo;
import io.auspex.yang.schema.SchemaNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
    private static final JsonReader READER = new JsonReader(MODEL, InputLimits.DEFAULT);
    private static final String TOP = "{\"rc-test:top\":{\"mtu\":1400,\"big\":\"-5\",\"ratio\":\"2.5\",\"flag\":[null],"
            + "\"opts\":\"a c\",\"bin\":\"SGk=\",\"mixed\":5,\"mode\":\"on\",\"tag\":[\"a\",\"b\"],"
            + "\"prio\":[\"z\",\"a\"],\"entry\":[{\"a\":\"1\",\"b\":\"2\",\"c\":\"3\",\"val\":\"\\\"é\\n\"}],"
            + "\"row\":[{\"id\":2},{\"id\":1,\"text\":\"x\"}],\"left\":\"l\",\"blob\":{\"x:y\":[1,null]},"
            + "\"state\":{\"uptime\":\"18446744073709551615\",\"sample\":[{\"v\":1},{\"v\":1}]}}}";

    private static String written(DataNode node, JsonOptions options) throws IOException {
        var out = new ByteArrayOutputStream();
        JsonWriter.write(node, out, options);
        return out.toString(UTF_8);
    }

    private static DataNode top() throws Exception {
        return READER.read(TOP.getBytes(UTF_8), path("/rc-test:top"));
    }

    @Test
    void whatIsReadIsWrittenAgain() throws Exception {
        assertThat(written(top(), JsonOptions.COMPACT)).isEqualTo(TOP);
    }

    @Test
    void prettyJsonReadsTheSame() throws Exception {
        var pretty = written(top(), JsonOptions.PRETTY);
        assertThat(pretty).startsWith("{\n  \"rc-test:top\": {\n    \"mtu\": 1400,\n");
        assertThat(READER.read(pretty.getBytes(UTF_8), path("/rc-test:top"))).isEqualTo(top());
    }

    @Test
    void anEntryIsAnArrayOfOneAndTheRootIsNamed() throws Exception {
        var row = Objects.requireNonNull(
                ((InnerNode) top()).list("row").orElseThrow().entry(ListKey.of(1L)));
        assertThat(written(row, JsonOptions.COMPACT)).isEqualTo("{\"rc-test:row\":[{\"id\":1,\"text\":\"x\"}]}");
        assertThat(written(TreeNode.of(MODEL.root(), List.of(top())), JsonOptions.COMPACT))
                .isEqualTo("{\"ietf-restconf:data\":" + TOP + "}");
    }

    @Test
    void aStreamedListWithoutEntriesIsLeftOut() throws Exception {
        var schema = MODEL.root().child("rc-test", "top").orElseThrow();
        record Nothing(SchemaNode schema) implements ListNode {
            @Override
            public @Nullable InnerNode entry(ListKey key) {
                return null;
            }

            @Override
            public Iterator<InnerNode> iterator() {
                return Collections.emptyIterator();
            }

            @Override
            public int size() {
                return -1;
            }
        }
        var node = TreeNode.of(
                schema,
                List.of(
                        new Nothing(schema.child("row").orElseThrow()),
                        new LeafNode(schema.child("low").orElseThrow(), 3L)));
        assertThat(written(node, JsonOptions.COMPACT)).isEqualTo("{\"rc-test:top\":{\"low\":3}}");
    }

    @Test
    void metadataStandsBesideItsNode() throws Exception {
        var origin = new ModuleInfo("ietf-origin", "urn:ietf:params:xml:ns:yang:ietf-origin", "or", null);
        var annotations = new Annotations() {
            @Override
            public List<Annotation> of(DataNode node) {
                return switch (node.schema().name()) {
                    case "top" -> List.of(new Annotation(origin, "origin", "ietf-origin:intended"));
                    case "low" -> List.of(new Annotation(origin, "default", true));
                    default -> List.of();
                };
            }

            @Override
            public List<Annotation> ofValue(LeafListNode leafList, Object value) {
                return value.equals("b") ? List.of(new Annotation(origin, "origin", "ietf-origin:learned")) : List.of();
            }
        };
        var node = READER.read(
                "{\"rc-test:top\":{\"low\":1,\"tag\":[\"a\",\"b\"]}}".getBytes(UTF_8), path("/rc-test:top"));
        assertThat(written(node, JsonOptions.COMPACT.with(annotations)))
                .isEqualTo("{\"rc-test:top\":{\"@\":{\"ietf-origin:origin\":\"ietf-origin:intended\"},\"low\":1,"
                        + "\"@low\":{\"ietf-origin:default\":true},\"tag\":[\"a\",\"b\"],"
                        + "\"@tag\":[null,{\"ietf-origin:origin\":\"ietf-origin:learned\"}]}}");
    }
}
