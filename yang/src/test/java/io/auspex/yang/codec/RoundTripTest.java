package io.auspex.yang.codec;

import static io.auspex.yang.codec.TestModel.MODEL;
import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.yang.InputLimits;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafListNode;
import io.auspex.yang.data.LeafNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.data.OpaqueNode;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.Identity;
import io.auspex.yang.schema.Values;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Random instances of all modules: every encoding reads back what it wrote, and other parsers see the same. */
class RoundTripTest {
    private static final JsonReader JSON = new JsonReader(MODEL, InputLimits.DEFAULT);
    private static final XmlReader XML = new XmlReader(MODEL, InputLimits.DEFAULT);
    private static final NormalizedNodes NODES = new NormalizedNodes(MODEL);
    private static final JsonMapper MAPPER = new JsonMapper();

    private static TreeNode root(long seed) {
        return new DataGenerator(MODEL, seed).root();
    }

    private static byte[] json(DataNode node, JsonOptions options) throws Exception {
        var out = new ByteArrayOutputStream();
        JsonWriter.write(node, out, options);
        return out.toByteArray();
    }

    private static byte[] xml(DataNode node, XmlOptions options) throws Exception {
        var out = new ByteArrayOutputStream();
        XmlWriter.write(node, out, options);
        return out.toByteArray();
    }

    @Property(tries = 200)
    void jsonReadsBackTheSame(@ForAll long seed) throws Exception {
        var root = root(seed);
        assertThat(JSON.readRoot(json(root, JsonOptions.COMPACT))).isEqualTo(root);
        assertThat(JSON.readRoot(json(root, JsonOptions.PRETTY))).isEqualTo(root);
    }

    @Property(tries = 200)
    void xmlReadsBackTheSame(@ForAll long seed) throws Exception {
        var root = root(seed);
        for (var options : List.of(XmlOptions.COMPACT, XmlOptions.PRETTY)) {
            var read = XML.readRoot(xml(root, options));
            // Opaque content stays as it came, so compare what it says in JSON.
            assertThat(MAPPER.readTree(json(read, JsonOptions.COMPACT)))
                    .isEqualTo(MAPPER.readTree(json(root, JsonOptions.COMPACT)));
        }
    }

    @Property(tries = 100)
    void nodesOfYangToolsReadBackTheSame(@ForAll long seed) throws Exception {
        var root = root(seed);
        for (var child : root.children()) {
            // Leaf-lists of state are sets in YANG Tools.
            assertThat(lines(NODES.read(child.schema(), NODES.write(child)))).isEqualTo(lines(child));
        }
    }

    @Property(tries = 100)
    void theOrderOfMembersAndTheFormOfCharactersDoNotCount(@ForAll long seed) throws Exception {
        var root = root(seed);
        var random = new Random(seed);
        var shuffled = shuffled(MAPPER.readTree(json(root, JsonOptions.COMPACT)), random)
                .toString();
        var escaped = new StringBuilder();
        shuffled.chars().forEach(c -> escaped.append(c > 126 ? "\\u%04x".formatted(c) : String.valueOf((char) c)));
        assertThat(JSON.readRoot(escaped.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                .isEqualTo(root);
    }

    private static JsonNode shuffled(JsonNode node, Random random) {
        if (node instanceof ObjectNode object) {
            var names = new ArrayList<>(object.propertyNames());
            Collections.shuffle(names, random);
            var result = MAPPER.createObjectNode();
            var opaque = names.contains("a") && names.contains("b") && names.size() == 2;
            names.sort((a, b) -> opaque ? a.compareTo(b) : 0);
            names.forEach(n -> result.set(n, shuffled(object.get(n), random)));
            return result;
        }
        if (node instanceof ArrayNode array) {
            var result = MAPPER.createArrayNode();
            array.forEach(e -> result.add(shuffled(e, random)));
            return result;
        }
        return node;
    }

    @Property(tries = 100)
    void theParserOfTheJdkSeesTheSameElements(@ForAll long seed) throws Exception {
        var root = root(seed);
        var factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        var document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml(root, XmlOptions.COMPACT)));
        var seen = new ArrayList<String>();
        for (var child = document.getDocumentElement().getFirstChild(); child != null; child = child.getNextSibling()) {
            flatten((Element) child, "", seen);
        }
        var expected = new ArrayList<String>();
        root.children().forEach(c -> flatten(c, "", expected));
        assertThat(seen).isEqualTo(expected);
    }

    private static void flatten(Element element, String path, List<String> all) {
        var here = path + "/{" + element.getNamespaceURI() + "}" + element.getLocalName();
        if (here.endsWith("}blob") || here.contains("filter") || here.contains("config")) {
            all.add(here);
        } else if (element.getFirstChild() instanceof Element) {
            all.add(here);
            for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
                flatten((Element) child, here, all);
            }
        } else {
            all.add(here + "=" + value(element));
        }
    }

    private static Set<String> lines(DataNode node) {
        var all = new ArrayList<String>();
        flatten(node, "", all);
        return Set.copyOf(all);
    }

    /** Prefixes of identities and paths are resolved to namespaces. */
    private static String value(Element element) {
        var text = element.getTextContent();
        var attributes = element.getAttributes();
        for (var i = 0; i < attributes.getLength(); i++) {
            var attribute = attributes.item(i);
            if ("xmlns".equals(attribute.getPrefix())) {
                text = text.replace(
                        attribute.getLocalName() + ":",
                        MODEL.moduleOfNamespace(attribute.getNodeValue())
                                        .orElseThrow()
                                        .name() + ":");
            }
        }
        return text;
    }

    private static void flatten(DataNode node, String path, List<String> all) {
        var here = path + "/{" + node.schema().namespace() + "}" + node.schema().name();
        if (here.endsWith("}blob") || here.contains("filter") || here.contains("config")) {
            all.add(here);
            return;
        }
        switch (node) {
            case LeafNode leaf -> all.add(here + "=" + text(leaf.value()));
            case LeafListNode values -> values.forEach(v -> all.add(here + "=" + text(v)));
            case ListNode list -> list.forEach(e -> flatten(e, path, all));
            case OpaqueNode _ -> all.add(here);
            case InnerNode inner -> {
                var before = all.size();
                inner.children().forEach(c -> flatten(c, here, all));
                all.add(before, all.size() == before ? here + "=" : here);
            }
        }
    }

    private static String text(Object value) {
        return switch (value) {
            case Identity identity -> identity.toString();
            case DataPath path -> {
                var text = io.auspex.yang.schema.InstanceIdentifiers.xml(path, m -> m.name());
                yield text;
            }
            default -> Values.text(value);
        };
    }
}
