package io.auspex.yang.codec;

import static io.auspex.yang.codec.TestModel.MODEL;
import static io.auspex.yang.codec.TestModel.path;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.yang.InputLimits;
import io.auspex.yang.data.DataNode;
import io.auspex.yang.error.YangException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opendaylight.yangtools.yang.common.Decimal64;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.Uint16;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ChoiceNode;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.LeafNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;

class NormalizedNodesTest {
    private static final NormalizedNodes NODES = new NormalizedNodes(MODEL);

    private static DataNode json(String text, String target) throws YangException {
        return new JsonReader(MODEL, InputLimits.DEFAULT).read(text.getBytes(UTF_8), path(target));
    }

    private static DataContainerChild child(ContainerNode node, String name) {
        return node.getChildByArg(new NodeIdentifier(QName.create(node.name().getNodeType(), name)));
    }

    @Test
    void valuesHaveTheTypesOfYangTools() throws YangException {
        var top = (ContainerNode)
                NODES.write(json("{\"rc-test:top\":{\"mtu\":1400,\"ratio\":\"2.5\",\"left\":\"l\"}}", "/rc-test:top"));
        assertThat(child(top, "mtu").body()).isEqualTo(Uint16.valueOf(1400));
        assertThat(child(top, "ratio").body()).isEqualTo(Decimal64.of(2, 250));
        assertThat(child(top, "which"))
                .isInstanceOfSatisfying(
                        ChoiceNode.class,
                        c -> assertThat(c.body()).singleElement().isInstanceOf(LeafNode.class));
    }

    @Test
    void anInstanceIdentifierBecomesAPathWithEntries() throws YangException {
        var song = (ContainerNode) NODES.write(json(
                "{\"example-jukebox:jukebox\":{\"playlist\":[{\"name\":\"p\",\"song\":[{\"index\":1,"
                        + "\"id\":\"/example-jukebox:jukebox/library/artist[name='a']\"}]}]}}",
                "/example-jukebox:jukebox"));
        assertThat(song.prettyTree().get()).contains("artist").contains("name=a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
                {"rc-test:top":{"mtu":1400,"big":"-9223372036854775808","ratio":"-0.25","flag":[null],"opts":"a c",
                 "bin":"SGk=","mixed":5,"mode":"on","tag":["a","b"],"prio":["z","a"],
                 "entry":[{"a":"1","b":"2","c":"3","val":"v"}],"row":[{"id":4294967295},{"id":1,"text":"x"}],
                 "left":"l","ref":1,"blob":{"x:y":[1,null]},
                 "state":{"uptime":"18446744073709551615","sample":[{"v":-1},{"v":-1}]}}}""", """
                {"rc-test:top":{"mixed":"abc"}}"""})
    void whatIsWrittenReadsBackTheSame(String text) throws YangException {
        var node = json(text, "/rc-test:top");
        assertThat(NODES.read(node.schema(), NODES.write(node))).isEqualTo(node);
    }

    @Test
    void identitiesAndPathsReadBackTheSame() throws YangException {
        var node = json(
                "{\"example-jukebox:jukebox\":{\"library\":{\"artist\":[{\"name\":\"a\",\"album\":[{\"name\":\"b\","
                        + "\"genre\":\"example-jukebox:rock\",\"year\":1999}]}]},\"playlist\":[{\"name\":\"p\","
                        + "\"song\":[{\"index\":1,"
                        + "\"id\":\"/example-jukebox:jukebox/library/artist[name='a']/album[name='b']/genre\"}]}]}}",
                "/example-jukebox:jukebox");
        assertThat(NODES.read(node.schema(), NODES.write(node))).isEqualTo(node);
    }

    @Test
    void aSubserviceWithItsParametersReadsBackTheSame() throws YangException {
        var node = json("""
                {"ietf-service-assurance:subservices":{"subservice":[
                  {"type":"ietf-service-assurance-device:device-type","id":"d","label":"x","health-score":100,
                   "ietf-service-assurance-device:parameters":{"device":"r1"}}]}}""", "/ietf-service-assurance:subservices");
        assertThat(NODES.read(node.schema(), NODES.write(node))).isEqualTo(node);
    }

    @Test
    void aValueThatTheSchemaDoesNotTakeIsRefused() {
        var mtu = path("/rc-test:top/mtu").schema();
        assertThatThrownBy(() -> NODES.read(mtu, ImmutableNodes.leafNode(mtu.qname(), Uint16.valueOf(1))))
                .isInstanceOf(YangException.class)
                .hasMessage("/rc-test:top/mtu: '1' is outside of the range 64..9216");
    }
}
