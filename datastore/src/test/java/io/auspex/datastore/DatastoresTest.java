package io.auspex.datastore;

import static io.auspex.datastore.Operation.CREATE;
import static io.auspex.datastore.Operation.DELETE;
import static io.auspex.datastore.Operation.MERGE;
import static io.auspex.datastore.TestModel.MODEL;
import static io.auspex.datastore.TestModel.data;
import static io.auspex.datastore.TestModel.edit;
import static io.auspex.datastore.TestModel.json;
import static io.auspex.datastore.TestModel.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.ListNode;
import io.auspex.yang.data.Trees;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.SchemaNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DatastoresTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private final Datastores datastores =
            Datastores.open(MODEL, DatastoreConfig.inMemory().with(() -> NOON));

    private static final class Loads implements OperationalProvider {
        private final String json;
        int asked;

        Loads(String json) {
            this.json = json;
        }

        @Override
        public Set<SchemaNode> roots() {
            return Set.of(MODEL.root().child("store-test", "item").orElseThrow());
        }

        @Override
        public @Nullable InnerNode state(InnerNode running) {
            asked++;
            return (InnerNode) data(path("/"), json);
        }

        @Override
        public AutoCloseable feed(Feed feed) {
            return () -> {};
        }
    }

    @Test
    void aCommitIsSeenByReadersAndOldRootsStay() throws YangException {
        var before = datastores.running();
        var result = datastores.commit(edit(CREATE, "/item[name='a']", "{'name':'a','size':1}"));
        assertThat(json(datastores.running())).contains("'a'");
        assertThat(before.isEmpty()).isTrue();
        assertThat(result.created()).isTrue();
        assertThat(result.lastModified()).isEqualTo(NOON);
    }

    @Test
    void onlyTheVersionsOfWhatChangedAndWhatIsAboveItChange() throws YangException {
        datastores.commit(
                edit(MERGE, "/", "{'store-test:item':[{'name':'a'},{'name':'b'}],'store-test:top':{'mtu':9}}"));
        var first = datastores.running();
        datastores.commit(edit(MERGE, "/item[name='a']/size", "5"));
        var second = datastores.running();

        assertThat(Versions.of(second, path("/item[name='a']")))
                .isGreaterThan(Versions.of(first, path("/item[name='a']")));
        assertThat(Versions.of(second, path("/"))).isGreaterThan(Versions.of(first, path("/")));
        assertThat(Versions.of(second, path("/item[name='b']"))).isEqualTo(Versions.of(first, path("/item[name='b']")));
        assertThat(Versions.of(second, path("/top"))).isEqualTo(Versions.of(first, path("/top")));
        assertThat(Versions.of(second, path("/item[name='c']"))).isNull();
    }

    @Test
    void whatChangesNothingIsNoCommit() throws YangException {
        datastores.commit(edit(MERGE, "/top/mtu", "9"));
        var told = new ArrayList<ChangeSet>();
        datastores.listen(told::add);
        var result = datastores.commit(edit(MERGE, "/top/mtu", "9"));
        assertThat(told).isEmpty();
        assertThat(result.changes().changes()).isEmpty();
        assertThat(result.version()).isEqualTo(Versions.of(datastores.running(), path("/top")));
    }

    @Test
    void anEditThatFailsUndoesTheOnesBeforeIt() {
        assertThatThrownBy(() -> datastores.commit(edit(MERGE, "/top/mtu", "9"), edit(DELETE, "/top/low")))
                .isInstanceOf(YangException.class);
        assertThat(datastores.running().isEmpty()).isTrue();
    }

    @Test
    void aListenerMayVeto() {
        datastores.listen(new CommitListener() {
            @Override
            public void validate(ChangeSet changes) throws YangException {
                throw new YangException(Failure.INVALID_CONFIGURATION, "a cycle");
            }

            @Override
            public void committed(ChangeSet changes) {
                throw new AssertionError("told of a commit that was vetoed");
            }
        });
        assertThatThrownBy(() -> datastores.commit(edit(MERGE, "/top/mtu", "9")))
                .hasMessage("a cycle");
        assertThat(datastores.running().isEmpty()).isTrue();
    }

    @Test
    void listenersHearOfConcurrentCommitsInOrder() throws Exception {
        var told = new ArrayList<ChangeSet>();
        datastores.listen(told::add);
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Future<?>>();
            for (var i = 0; i < 200; i++) {
                var name = "n" + i;
                all.add(clients.submit(() ->
                        datastores.commit(edit(CREATE, "/item[name='" + name + "']", "{'name':'" + name + "'}"))));
            }
            for (var one : all) {
                one.get();
            }
        }
        assertThat(told).hasSize(200);
        for (var i = 1; i < told.size(); i++) {
            assertThat(told.get(i).before()).isSameAs(told.get(i - 1).after());
            assertThat(told.get(i).version()).isGreaterThan(told.get(i - 1).version());
        }
    }

    @Test
    void aPreconditionSeesTheStateThatTheEditsMeet() throws YangException {
        datastores.commit(edit(MERGE, "/top/mtu", "9"));
        var refused = new Transaction(
                java.util.List.of(edit(MERGE, "/top/mtu", "8")),
                root -> {
                    if (Versions.of(root, path("/top/mtu")) != null) {
                        throw new YangException(Failure.PRECONDITION_FAILED, "exists");
                    }
                },
                0);
        assertThatThrownBy(() -> datastores.commit(refused)).hasMessage("exists");
        assertThat(json(datastores.running())).contains("9");
    }

    @Test
    void aListenerThatCommitsIsTold() throws YangException {
        var seen = new ArrayList<Throwable>();
        datastores.listen(_ -> {
            try {
                datastores.commit(edit(MERGE, "/top/low", "1"));
            } catch (YangException | RuntimeException e) {
                seen.add(e);
            }
        });
        datastores.commit(edit(MERGE, "/top/mtu", "9"));
        assertThat(seen).singleElement().isInstanceOf(IllegalStateException.class);
    }

    @Test
    void operationalUnitesConfigurationAndStateByKey() throws YangException {
        datastores.commit(edit(
                MERGE, "/", "{'store-test:item':[{'name':'a','size':1},{'name':'c'}],'store-test:top':{'mtu':9}}"));
        var provider = new Loads("{'store-test:item':[{'name':'a','load':50},{'name':'b','load':7}]}");
        datastores.provide(provider);

        assertThat(json(datastores.operational()))
                .isEqualTo("{'ietf-restconf:data':{'store-test:top':{'mtu':9},'store-test:item':"
                        + "[{'name':'a','size':1,'load':50},{'name':'b','load':7},{'name':'c'}]}}");
        assertThat(provider.asked).isEqualTo(1);
        var item =
                (ListNode) Trees.find(datastores.operational(), path("/item")).orElseThrow();
        assertThat(item.entry(ListKey.of("a")))
                .satisfies(e -> assertThat(java.util.Objects.requireNonNull(e).value("load"))
                        .contains(50L));
    }

    @Test
    void aProviderIsNotAskedForWhatItDoesNotServe() throws YangException {
        datastores.commit(edit(MERGE, "/top/mtu", "9"));
        var provider = new Loads("{}");
        datastores.provide(provider);
        assertThat(Trees.find(datastores.operational(), path("/top/mtu"))).isPresent();
        assertThat(provider.asked).isZero();
    }
}
