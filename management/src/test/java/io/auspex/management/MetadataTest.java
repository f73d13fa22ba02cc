package io.auspex.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.access.AccessControl;
import io.auspex.access.Nacm;
import io.auspex.access.Principal;
import io.auspex.datastore.DatastoreConfig;
import io.auspex.datastore.DatastoreName;
import io.auspex.datastore.Datastores;
import io.auspex.datastore.Edit;
import io.auspex.datastore.Operation;
import io.auspex.datastore.OperationalProvider;
import io.auspex.datastore.Origin;
import io.auspex.management.ReadRequest.Content;
import io.auspex.management.ReadRequest.WithDefaults;
import io.auspex.yang.InputLimits;
import io.auspex.yang.codec.JsonOptions;
import io.auspex.yang.codec.JsonReader;
import io.auspex.yang.codec.JsonWriter;
import io.auspex.yang.codec.XmlOptions;
import io.auspex.yang.codec.XmlWriter;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.InstanceIdentifiers;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModelLoader;
import io.auspex.yang.schema.SchemaNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Defaults (RFC 6243) and origins (RFC 8342 §5.3.4) in both encodings. */
class MetadataTest {
    private static final ModelContext MODEL = ModelLoader.load();
    private static final Principal ADMIN = new Principal("admin", Set.of(), "test");
    private static final String RADIUS = "/ietf-system:system/radius";

    private final Datastores datastores = Datastores.open(MODEL, DatastoreConfig.inMemory());
    private Management management;

    private Management management() {
        var access = new AccessControl(Nacm.of(MODEL, datastores.running()), _ -> {});
        return new DatastoreManagement(
                datastores,
                new AccessGuard(MODEL, access, UnaryOperator.identity()),
                new Operations(MODEL),
                new NoStreams());
    }

    private static TreeNode tree(String json) throws Exception {
        return new JsonReader(MODEL, InputLimits.DEFAULT)
                .readRoot(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @BeforeEach
    void someConfiguration() throws Exception {
        datastores.commit(new Edit(Operation.MERGE, DataPath.root(MODEL.root()), tree("""
                        {'ietf-netconf-acm:nacm': {'enable-nacm': false},
                         'ietf-system:system': {'radius': {
                           'server': [{'name': 's', 'udp': {'address': '192.0.2.1', 'shared-secret': 'x',
                                                            'authentication-port': 1812}}],
                           'options': {'timeout': 5}}}}
                        """)));
        management = management();
    }

    private ReadResult read(DatastoreName datastore, String path, WithDefaults defaults, boolean origin)
            throws Exception {
        var target = InstanceIdentifiers.parse(path, MODEL.root(), MODEL.jsonPrefixes());
        var request = new ReadRequest(datastore, target, Content.ALL, Integer.MAX_VALUE, null, defaults, origin);
        return ScopedValue.where(Principal.CURRENT, ADMIN).call(() -> management.read(request));
    }

    private static String json(ReadResult result) throws Exception {
        var out = new ByteArrayOutputStream();
        JsonWriter.write(result.node(), out, JsonOptions.COMPACT.with(result.annotations()));
        return out.toString(StandardCharsets.UTF_8).replace('"', '\'');
    }

    private static String xml(ReadResult result) throws Exception {
        var out = new ByteArrayOutputStream();
        XmlWriter.write(result.node(), out, XmlOptions.COMPACT.with(result.annotations()));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Nested
    class Rfc6243 {
        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                        EXPLICIT          | {'ietf-system:options':{'timeout':5}}
                        TRIM              | {'ietf-system:options':{}}
                        REPORT_ALL        | {'ietf-system:options':{'timeout':5,'attempts':2}}
                        REPORT_ALL_TAGGED | {'ietf-system:options':{'timeout':5,'attempts':2,'@attempts':{'ietf-netconf-with-defaults:default':true}}}
                        """)
        void eachModeShowsWhatItSays(WithDefaults mode, String expected) throws Exception {
            for (var datastore : Set.of(DatastoreName.RUNNING, DatastoreName.OPERATIONAL, DatastoreName.INTENDED)) {
                assertThat(json(read(datastore, RADIUS + "/options", mode, false)))
                        .isEqualTo(expected);
            }
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                        EXPLICIT          | {'ietf-system:options':{'timeout':5,'attempts':2}}
                        TRIM              | {'ietf-system:options':{}}
                        REPORT_ALL        | {'ietf-system:options':{'timeout':5,'attempts':2}}
                        REPORT_ALL_TAGGED | {'ietf-system:options':{'timeout':5,'@timeout':{'ietf-netconf-with-defaults:default':true},'attempts':2,'@attempts':{'ietf-netconf-with-defaults:default':true}}}
                        """)
        void ofOperationalWhatIsInUseIsShownAndTaggedByItsValue(WithDefaults mode, String expected) throws Exception {
            var options = InstanceIdentifiers.parse(RADIUS + "/options", MODEL.root(), MODEL.jsonPrefixes());
            var request = new ReadRequest(
                            DatastoreName.OPERATIONAL, options, Content.ALL, Integer.MAX_VALUE, null, mode)
                    .withInUse(true);
            var result = ScopedValue.where(Principal.CURRENT, ADMIN).call(() -> management.read(request));
            assertThat(json(result)).isEqualTo(expected);
        }

        @Test
        void theTagIsAnAttributeInXml() throws Exception {
            assertThat(xml(read(DatastoreName.RUNNING, RADIUS + "/options", WithDefaults.REPORT_ALL_TAGGED, false)))
                    .isEqualTo("<options xmlns=\"urn:ietf:params:xml:ns:yang:ietf-system\"><timeout>5</timeout>"
                            + "<attempts xmlns:wd=\"urn:ietf:params:xml:ns:netconf:default:1.0\" wd:default=\"true\">2"
                            + "</attempts></options>");
        }
    }

    @Nested
    class Rfc8342_5_3_4_Origin {
        @Test
        void theTopmostNodesSayIntendedAndDefaultsSayDefault() throws Exception {
            assertThat(json(read(DatastoreName.OPERATIONAL, RADIUS + "/options", WithDefaults.REPORT_ALL, true)))
                    .isEqualTo("{'ietf-system:options':{'@':{'ietf-origin:origin':'ietf-origin:intended'},"
                            + "'timeout':5,'attempts':2,'@attempts':{'ietf-origin:origin':'ietf-origin:default'}}}");
        }

        @Test
        void whatOnlyAProviderHasSaysWhereThatHasItFrom() throws Exception {
            datastores.provide(new Learned(tree("""
                    {'ietf-system:system': {'hostname': 'found', 'radius': {
                      'server': [{'name': 's'}, {'name': 't', 'udp': {'address': '192.0.2.2', 'shared-secret': 'y'}}]}}}
                    """)));
            assertThat(json(read(DatastoreName.OPERATIONAL, "/ietf-system:system", WithDefaults.EXPLICIT, true)))
                    .isEqualTo("{'ietf-system:system':{'@':{'ietf-origin:origin':'ietf-origin:intended'},"
                            + "'hostname':'found','@hostname':{'ietf-origin:origin':'ietf-origin:learned'},"
                            + "'radius':{'server':[{'name':'s','udp':{'address':'192.0.2.1',"
                            + "'authentication-port':1812,'shared-secret':'x'}},"
                            + "{'@':{'ietf-origin:origin':'ietf-origin:learned'},'name':'t','udp':{"
                            + "'address':'192.0.2.2','shared-secret':'y'}}],'options':{'timeout':5}}}}");
        }

        @Test
        void theAttributeNamesTheIdentityInXml() throws Exception {
            assertThat(xml(read(DatastoreName.OPERATIONAL, RADIUS + "/options", WithDefaults.EXPLICIT, true)))
                    .isEqualTo("<options xmlns=\"urn:ietf:params:xml:ns:yang:ietf-system\""
                            + " xmlns:or=\"urn:ietf:params:xml:ns:yang:ietf-origin\" or:origin=\"or:intended\">"
                            + "<timeout>5</timeout></options>");
        }

        @Test
        void otherDatastoresHaveNone() throws Exception {
            assertThat(json(read(DatastoreName.RUNNING, RADIUS + "/options", WithDefaults.EXPLICIT, true)))
                    .doesNotContain("origin");
        }
    }

    /** State that was learned. */
    private record Learned(TreeNode root) implements OperationalProvider {
        @Override
        public Set<SchemaNode> roots() {
            return Set.of(root.children().getFirst().schema());
        }

        @Override
        public InnerNode state(InnerNode running) {
            return root;
        }

        @Override
        public Origin origin() {
            return Origin.LEARNED;
        }

        @Override
        public AutoCloseable feed(Feed feed) {
            return () -> {};
        }
    }
}
