package io.auspex.yang.xpath;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.yang.InputLimits;
import io.auspex.yang.codec.JsonReader;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.schema.InstanceIdentifiers;
import io.auspex.yang.schema.LeafrefType;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModelLoader;
import io.auspex.yang.schema.SchemaNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class XPathsTest {
    private static final ModelContext MODEL = ModelLoader.load(List.of(Path.of("src/test/resources/yang")));

    private static TreeNode read(String json) throws Exception {
        return new JsonReader(MODEL, InputLimits.DEFAULT).readRoot(json.getBytes(UTF_8));
    }

    private static XPathNode node(TreeNode root, String path) throws Exception {
        return XPathNode.find(root, InstanceIdentifiers.parse(path, MODEL.root(), MODEL.jsonPrefixes()))
                .orElseThrow();
    }

    private static boolean must(String json, String path) throws Exception {
        var node = node(read(json), path);
        for (var must : node.schema().musts()) {
            if (!XPaths.test(must, node.schema(), node, XPathBudget.standard())) {
                return false;
            }
        }
        return true;
    }

    @Test
    void everyExpressionOfTheModelCompiles() {
        XPaths.compileAll(MODEL);
        assertThat(all(MODEL.root()).flatMap(n -> n.whens().stream()))
                .isNotEmpty()
                .allSatisfy(w -> assertThat(w.text()).isNotBlank());
        assertThat(all(MODEL.root()).flatMap(n -> n.musts().stream())).isNotEmpty();
    }

    private static Stream<SchemaNode> all(SchemaNode node) {
        return Stream.concat(Stream.of(node), node.children().stream().flatMap(XPathsTest::all));
    }

    @Test
    void aMustSeesItsSiblings() throws Exception {
        assertThat(must("{\"rc-test:top\":{\"low\":3,\"high\":4}}", "/rc-test:top/high"))
                .isTrue();
        assertThat(must("{\"rc-test:top\":{\"low\":5,\"high\":4}}", "/rc-test:top/high"))
                .isFalse();
        assertThat(must("{\"rc-test:top\":{\"high\":4}}", "/rc-test:top/high")).isFalse();
    }

    @Test
    void aWhenSeesDefaultsInUse() throws Exception {
        var guarded = MODEL.root()
                .child("rc-test", "top")
                .flatMap(t -> t.child("guarded"))
                .orElseThrow();
        var when = guarded.whens().getFirst();
        var off = node(read("{\"rc-test:top\":{\"low\":1}}"), "/rc-test:top");
        var on = node(read("{\"rc-test:top\":{\"mode\":\"on\"}}"), "/rc-test:top");
        assertThat(XPaths.test(when, guarded, off, null, XPathBudget.standard()))
                .isFalse();
        assertThat(XPaths.test(when, guarded, on, null, XPathBudget.standard())).isTrue();
        var names = XPathNames.moduleNames(MODEL);
        var mode = XPath.compile("mode = 'off' and mtu = 1500", names);
        assertThat(mode.evaluateWithDefaults(off, XPathBudget.standard())).isEqualTo(new XPathValue.Truth(true));
        assertThat(mode.evaluate(off, XPathBudget.standard())).isEqualTo(new XPathValue.Truth(false));
    }

    @Test
    void aWhenOfAnAugmentLooksAtItsTarget() throws Exception {
        var json = """
                {"ietf-service-assurance:subservices":{"subservice":[
                  {"type":"ietf-service-assurance-device:device-type","id":"d"},
                  {"type":"ietf-service-assurance:service-instance-type","id":"s"}]}}""";
        var device = node(
                read(json),
                "/ietf-service-assurance:subservices/subservice"
                        + "[type='ietf-service-assurance-device:device-type'][id='d']");
        var service = node(
                read(json),
                "/ietf-service-assurance:subservices/subservice"
                        + "[type='ietf-service-assurance:service-instance-type'][id='s']");
        var parameters = device.schema()
                .child("ietf-service-assurance-device", "parameters")
                .orElseThrow();
        var when = parameters.whens().getFirst();
        assertThat(XPaths.test(when, parameters, device, null, XPathBudget.standard()))
                .isTrue();
        assertThat(XPaths.test(when, parameters, service, null, XPathBudget.standard()))
                .isFalse();
    }

    @Test
    void aLeafrefFindsItsTargetByKey() throws Exception {
        var json = new StringBuilder("{\"ietf-service-assurance:subservices\":{\"subservice\":[");
        for (var i = 0; i < 5_000; i++) {
            json.append(i == 0 ? "" : ",").append("""
                    {"type":"ietf-service-assurance-device:device-type","id":"d%d","dependencies":{"dependency":[
                    {"type":"ietf-service-assurance-device:device-type","id":"d%d"}]}}""".formatted(i, i + 1));
        }
        var root = read(json.append("]}}").toString());
        var path = "/ietf-service-assurance:subservices/subservice[type='ietf-service-assurance-device:device-type']"
                + "[id='d%d']/dependencies/dependency[type='ietf-service-assurance-device:device-type'][id='d%d']/id";
        for (var row : new int[] {0, 2_500, 4_998}) {
            var id = node(root, path.formatted(row, row + 1));
            assertThat(XPaths.targets((LeafrefType) id.schema().type(), id, new XPathBudget(100)))
                    .singleElement()
                    .satisfies(t -> assertThat(t.value()).contains("d" + (row + 1)));
        }
        var dangling = node(root, path.formatted(4_999, 5_000));
        assertThat(XPaths.targets((LeafrefType) dangling.schema().type(), dangling, new XPathBudget(100)))
                .isEmpty();
    }

    @Test
    void aLeafrefWithoutKeysIsFoundByItsValue() throws Exception {
        var root = read("{\"rc-test:top\":{\"row\":[{\"id\":1},{\"id\":2}],\"ref\":2}}");
        var ref = node(root, "/rc-test:top/ref");
        assertThat(XPaths.targets((LeafrefType) ref.schema().type(), ref, XPathBudget.standard()))
                .extracting(n -> n.path().toString())
                .containsExactly("/rc-test:top/row[id='2']/id");
        var dangling = node(read("{\"rc-test:top\":{\"row\":[{\"id\":1}],\"ref\":2}}"), "/rc-test:top/ref");
        assertThat(XPaths.targets((LeafrefType) dangling.schema().type(), dangling, XPathBudget.standard()))
                .isEmpty();
    }
}
