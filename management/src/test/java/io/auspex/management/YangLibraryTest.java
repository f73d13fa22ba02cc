package io.auspex.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.datastore.DatastoreName;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.Trees;
import io.auspex.yang.schema.InstanceIdentifiers;
import io.auspex.yang.schema.InvalidValueException;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModelLoader;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class YangLibraryTest {
    private static final ModelContext MODEL = ModelLoader.load();
    private final InnerNode root = Objects.requireNonNull(
            YangLibrary.provider(MODEL, Set.of(DatastoreName.RUNNING, DatastoreName.OPERATIONAL), "https://a/restconf")
                    .state(io.auspex.yang.data.TreeNode.empty(MODEL.root())));

    private InnerNode at(String path) throws InvalidValueException {
        return (InnerNode) Trees.find(root, InstanceIdentifiers.parse(path, MODEL.root(), MODEL.jsonPrefixes()))
                .orElseThrow();
    }

    @Test
    void everyModuleStandsInItWithRevisionAndNamespace() throws InvalidValueException {
        var module = at("/ietf-yang-library:yang-library/module-set[name='all']/module[name='ietf-service-assurance']");
        assertThat(module.value("revision")).contains("2023-07-11");
        assertThat(module.value("namespace")).contains("urn:ietf:params:xml:ns:yang:ietf-service-assurance");
        assertThat(at("/ietf-yang-library:modules-state")
                        .list("module")
                        .orElseThrow()
                        .size())
                .isEqualTo(MODEL.modules().size());
    }

    @Test
    void everyDatastoreHasItsSchema() throws InvalidValueException {
        assertThat(at("/ietf-yang-library:yang-library/datastore[name='ietf-datastores:operational']")
                        .value("schema"))
                .contains("all");
    }
}
