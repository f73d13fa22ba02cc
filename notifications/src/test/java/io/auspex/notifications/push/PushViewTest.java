package io.auspex.notifications.push;

import static io.auspex.notifications.Events.MODEL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.auspex.access.AccessControl;
import io.auspex.access.Nacm;
import io.auspex.access.Principal;
import io.auspex.datastore.DatastoreConfig;
import io.auspex.datastore.Datastores;
import io.auspex.datastore.Edit;
import io.auspex.datastore.Operation;
import io.auspex.notifications.Events;
import io.auspex.yang.InputLimits;
import io.auspex.yang.codec.JsonReader;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.schema.DataPath;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a view makes of news that come late. */
class PushViewTest {
    private static final DataPath TOP = DataPath.root(MODEL.root());

    private static TreeNode named(Datastores datastores, String name) throws Exception {
        var data = new JsonReader(MODEL, InputLimits.DEFAULT)
                .readRoot(("{\"plant:plant\":{\"name\":\"" + name + "\"}}").getBytes(UTF_8));
        datastores.commit(new Edit(Operation.REPLACE, TOP, data));
        return (TreeNode) datastores.running();
    }

    @Test
    void aViewThatLookedAgainForOtherRulesDoesNotGoBackToAnOlderCommit() throws Exception {
        try (var datastores = Datastores.open(MODEL, DatastoreConfig.inMemory())) {
            var access = new AccessControl(Nacm.disabled(), _ -> {});
            var ann = new Principal("ann", Set.of(), "test 127.0.0.1:1");
            var view = new View(new Selection.All(), datastores::running, access, ann, new Events.Clock());
            view.start();
            var older = named(datastores, "older");
            var newer = named(datastores, "newer");
            view.rulesChanged();
            await().until(() -> view.head() == 1);
            view.changed(older, Set.of(TOP));
            view.changed(newer, Set.of(TOP));
            view.changed(named(datastores, "newest"), Set.of(TOP));
            await().untilAsserted(() -> assertThat(view.at(view.head())).isEqualTo(datastores.running()));
            assertThat(view.head()).isEqualTo(2);
            view.close();
        }
    }
}
