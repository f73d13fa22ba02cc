package io.auspex.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.access.AccessControl;
import io.auspex.access.Nacm;
import io.auspex.access.Principal;
import io.auspex.datastore.DatastoreConfig;
import io.auspex.datastore.DatastoreName;
import io.auspex.datastore.Datastores;
import io.auspex.management.paging.Page;
import io.auspex.yang.data.LeafListNode;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModelLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pages of the defaults of a leaf-list (draft-ietf-netconf-list-pagination §3.1, RFC 6243 §3.1). */
class PagedDefaultsTest {
    private static final ModelContext MODEL = ModelLoader.load(List.of(Path.of("src/test/resources/yang")));

    private final Datastores datastores = Datastores.open(MODEL, DatastoreConfig.inMemory());
    private final Management management = new DatastoreManagement(
            datastores,
            new AccessControl(Nacm.of(MODEL, datastores.running()), _ -> {}),
            new Operations(MODEL),
            new NoStreams());

    @AfterEach
    void close() {
        datastores.close();
    }

    private List<Object> page(long offset, long limit) throws Exception {
        var palette = MODEL.root().child("paging-test", "palette").orElseThrow();
        var request = new ReadRequest(
                DatastoreName.RUNNING,
                DataPath.of(palette).child(palette.child("colour").orElseThrow()),
                ReadRequest.Content.ALL,
                Integer.MAX_VALUE,
                null,
                ReadRequest.WithDefaults.REPORT_ALL,
                false,
                new Page(null, null, false, null, offset, limit, Page.UNBOUNDED),
                false);
        var read = ScopedValue.where(Principal.CURRENT, new Principal("guest", Set.of(), "test"))
                .call(() -> management.read(request));
        var values = new ArrayList<Object>();
        ((LeafListNode) read.node()).forEach(values::add);
        return values;
    }

    @Test
    void aPageIsCutOutOfDefaultsWhoseContainerIsNotStored() throws Exception {
        assertThat(page(1, 1)).containsExactly("green");
        assertThat(page(1, Page.UNBOUNDED)).containsExactly("green", "blue");
    }
}
