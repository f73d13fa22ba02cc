package io.auspex.datastore;

import static io.auspex.datastore.Candidate.Resolution.PREFER_CANDIDATE;
import static io.auspex.datastore.Candidate.Resolution.PREFER_RUNNING;
import static io.auspex.datastore.Candidate.Resolution.REVERT_ON_CONFLICT;
import static io.auspex.datastore.Operation.CREATE;
import static io.auspex.datastore.Operation.DELETE;
import static io.auspex.datastore.Operation.MERGE;
import static io.auspex.datastore.TestModel.MODEL;
import static io.auspex.datastore.TestModel.edit;
import static io.auspex.datastore.TestModel.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.yang.data.Position;
import io.auspex.yang.error.YangException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Private candidates whose session and others change the same nodes (draft-ietf-netconf-privcand). */
class PrivateCandidateTest {
    private final Datastores datastores = Datastores.open(MODEL, DatastoreConfig.inMemory());
    private Candidate own = datastores.privateCandidate();

    @BeforeEach
    void someConfiguration() throws YangException {
        datastores.commit(edit(MERGE, "/top", "{'mtu':9,'row':[{'id':1},{'id':2}],'prio':['p','q']}"));
        own = datastores.privateCandidate();
    }

    private void edited(Edit... edits) throws YangException {
        own.edit(List.of(edits), 1);
    }

    @Test
    void aNodeThatBothChangedKeepsTheCommitOut() throws YangException {
        edited(edit(MERGE, "/top/mtu", "10"), edit(MERGE, "/top/low", "1"));
        datastores.commit(edit(MERGE, "/top/mtu", "11"));
        assertThatThrownBy(() -> own.commit(1))
                .isInstanceOfSatisfying(
                        YangException.class,
                        e -> assertThat(e.errors()).singleElement().satisfies(error -> {
                            assertThat(error.appTag()).isEqualTo("conflict");
                            assertThat(error.path()).hasToString("/store-test:top/mtu");
                        }));
        assertThat(json(datastores.running())).contains("'mtu':11").doesNotContain("low");
        assertThat(json(own.root())).contains("'mtu':10", "'low':1");
    }

    @Test
    void whatBothChangedInTheSameWayIsNoConflict() throws YangException {
        edited(edit(MERGE, "/top/mtu", "10"), edit(MERGE, "/top/low", "1"));
        datastores.commit(edit(MERGE, "/top/mtu", "10"));
        own.commit(1);
        assertThat(json(datastores.running())).contains("'mtu':10", "'low':1");
    }

    @Test
    void theCandidateMayWin() throws YangException {
        edited(edit(MERGE, "/top/mtu", "10"));
        datastores.commit(edit(MERGE, "/top/mtu", "11"), edit(MERGE, "/top/low", "1"));
        own.update(PREFER_CANDIDATE);
        assertThat(json(own.root())).contains("'mtu':10", "'low':1");
        own.commit(1);
        assertThat(json(datastores.running())).contains("'mtu':10", "'low':1");
    }

    @Test
    void runningMayWin() throws YangException {
        edited(edit(MERGE, "/top/mtu", "10"), edit(MERGE, "/top/row[id='3']", "{'id':3}"));
        datastores.commit(edit(MERGE, "/top/mtu", "11"));
        own.update(PREFER_RUNNING);
        assertThat(json(own.root())).contains("'mtu':11", "{'id':3}");
    }

    @Test
    void anEntryThatOthersDeletedComesBackWhereTheCandidateWins() throws YangException {
        edited(edit(MERGE, "/top/row[id='2']/text", "'mine'"));
        datastores.commit(edit(DELETE, "/top/row[id='2']"));
        assertThatThrownBy(() -> own.update(REVERT_ON_CONFLICT)).hasMessageContaining("row[id='2']");
        own.update(PREFER_CANDIDATE);
        assertThat(json(own.root())).contains("{'id':2,'text':'mine'}");
    }

    @Test
    void anEntryFindsItsPlaceWhereItsNeighbourIsGone() throws YangException {
        edited(edit(CREATE, "/top/prio[.='r']", "'r'", new Position.Last()));
        datastores.commit(edit(DELETE, "/top/prio[.='q']"));
        own.update(REVERT_ON_CONFLICT);
        assertThat(json(own.root())).contains("'prio':['p','r']");
    }

    @Test
    void anUpdateThatLeavesNothingToCommitMakesItRunningAgain() throws YangException {
        edited(edit(MERGE, "/top/mtu", "10"));
        datastores.commit(edit(MERGE, "/top/mtu", "11"));
        own.update(PREFER_RUNNING);
        assertThat(own.changed()).isFalse();
        assertThat(own.root()).isSameAs(datastores.running());
    }

    @Test
    void twoCasesOfOneChoiceAreAConflict() throws YangException {
        edited(edit(MERGE, "/top/left", "'l'"));
        datastores.commit(edit(MERGE, "/top/right", "'r'"));
        assertThatThrownBy(() -> own.commit(1)).hasMessageContaining("/store-test:top/left");
    }

    @Test
    void everyEditGivesWhatItTouchesANewVersion() throws YangException {
        edited(edit(MERGE, "/top/mtu", "10"));
        var version = Versions.nearest(own.root(), TestModel.path("/top"));
        assertThat(version).isGreaterThan(Versions.nearest(datastores.running(), TestModel.path("/top")));
        assertThat(Versions.nearest(own.root(), TestModel.path("/top/row[id='2']")))
                .isEqualTo(Versions.nearest(datastores.running(), TestModel.path("/top/row[id='2']")));
        own.commit(1);
        assertThat(Versions.nearest(datastores.running(), TestModel.path("/top")))
                .isPositive();
    }
}
