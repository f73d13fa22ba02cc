package io.auspex.datastore;

import static io.auspex.datastore.Operation.MERGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.auspex.yang.data.NodeBuilder;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.ErrorTag;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModelLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Configuration whose constraints are meant to take the server down; the rows of the hostile-input table. */
class HostileConfigurationTest {
    private static final ModelContext MODEL = ModelLoader.load(List.of(Path.of("src/test/resources/validation/yang")));

    private final Datastores datastores = Datastores.open(MODEL, DatastoreConfig.inMemory());

    @AfterEach
    void close() {
        datastores.close();
    }

    private void commit(Consumer<NodeBuilder> root) throws YangException {
        TreeNode data = NodeBuilder.node(MODEL.root(), root);
        datastores.commit(new Edit(MERGE, DataPath.root(MODEL.root()), data));
    }

    @Nested
    class A71 {
        @Test
        void aMustOfQuadraticCostRunsIntoTheBudget() {
            var refused = catchThrowableOfType(
                    YangException.class,
                    () -> commit(root -> root.container("val-when:cond", cond -> {
                        for (var i = 0; i < 250; i++) {
                            var id = i;
                            cond.entry("item", item -> {
                                item.leaf("id", (long) id);
                                item.leaf("parent", (long) (id + 1) % 250);
                            });
                        }
                        cond.container("sums", sums -> sums.leaf("a", 1L).leaf("b", 9L));
                    })));
            assertThat(refused.errors()).isNotEmpty().hasSizeLessThanOrEqualTo(20);
            assertThat(datastores.running().isEmpty()).isTrue();
        }
    }

    @Nested
    class A72 {
        private void chain(int length, String last) throws YangException {
            commit(root -> root.container("val-refs:refs", refs -> {
                for (var i = 0; i < length; i++) {
                    var at = i;
                    refs.entry(
                            "chain",
                            link -> link.leaf("name", "c" + at)
                                    .leaf("next", at == length - 1 ? last : "c" + (at + 1))
                                    .leaf("copied", at == 0 ? "c1" : "c" + at));
                }
            }));
        }

        @Test
        void aChainOfReferencesIsFollowedStepByStep() throws YangException {
            chain(2_000, "c0");
            assertThat(datastores.running().isEmpty()).isFalse();
        }

        @Test
        void aChainThatEndsNowhereIsRefusedWithThatEnd() {
            var refused = catchThrowableOfType(YangException.class, () -> chain(2_000, "nowhere"));
            assertThat(refused.first().tag()).isEqualTo(ErrorTag.DATA_MISSING);
            assertThat(refused).hasMessageContaining("chain[name='c1999']/next: refers to 'nowhere'");
        }
    }
}
