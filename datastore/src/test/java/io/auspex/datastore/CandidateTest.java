package io.auspex.datastore;

import static io.auspex.datastore.Operation.DELETE;
import static io.auspex.datastore.Operation.MERGE;
import static io.auspex.datastore.Operation.REMOVE;
import static io.auspex.datastore.TestModel.MODEL;
import static io.auspex.datastore.TestModel.edit;
import static io.auspex.datastore.TestModel.json;
import static io.auspex.datastore.TestModel.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.auspex.yang.data.Position;
import io.auspex.yang.error.ErrorTag;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CandidateTest {
    private final Datastores datastores = Datastores.open(MODEL, DatastoreConfig.inMemory());
    private final Candidate candidate = datastores.candidate();

    @Test
    void itIsRunningUntilItIsEdited() throws YangException {
        datastores.commit(edit(MERGE, "/top/mtu", "9"));
        assertThat(candidate.root()).isSameAs(datastores.running());
        candidate.edit(List.of(edit(MERGE, "/top/low", "1")), 1);
        assertThat(json(candidate.root())).contains("'mtu':9", "'low':1");
        assertThat(json(datastores.running())).doesNotContain("low");
    }

    @Test
    void aConditionWithoutAnythingToCommitIsOfNoEffect() throws YangException {
        // Given
        Precondition never = _ -> {
            throw new YangException(Failure.PRECONDITION_FAILED, "never met");
        };
        candidate.edit(List.of(edit(REMOVE, "/top/mtu")), Map.of(path("/top"), never), 1);

        // When
        datastores.lock(DatastoreName.CANDIDATE, 2);
        candidate.edit(List.of(edit(MERGE, "/top/low", "1")), 2);
        candidate.commit(2);

        // Then
        assertThat(json(datastores.running())).contains("'low':1");
        candidate.edit(List.of(edit(MERGE, "/top/low", "2")), Map.of(path("/top"), never), 2);
        assertThatThrownBy(() -> candidate.commit(2)).hasMessageContaining("never met");
    }

    @Test
    void anEditWithTooManyConditionsIsRefusedWhole() throws YangException {
        var many = new HashMap<DataPath, Precondition>();
        for (var i = 0; i <= 100_000; i++) {
            many.put(path("/top/row[id='" + i + "']"), Precondition.NONE);
        }
        assertThatThrownBy(() -> candidate.edit(List.of(edit(MERGE, "/top/low", "1")), many, 1))
                .hasMessageContaining("100001 conditions, expected at most 100000");
        assertThat(candidate.changed()).isFalse();
    }

    @Test
    void itMayBeInvalidUntilTheCommit() throws YangException {
        candidate.edit(List.of(edit(MERGE, "/top/ref", "7")), 1);
        assertThatThrownBy(candidate::validate).hasMessageContaining("refers to '7'");
        assertThatThrownBy(() -> candidate.commit(1)).hasMessageContaining("refers to '7'");
        assertThat(candidate.changed()).isTrue();
        candidate.edit(List.of(edit(MERGE, "/top/row[id='7']", "{'id':7}")), 1);
        candidate.validate();
        candidate.commit(1);
        assertThat(candidate.changed()).isFalse();
        assertThat(json(datastores.running())).contains("'ref':7");
    }

    @Test
    void whatOthersCommittedMeanwhileStays() throws YangException {
        datastores.commit(edit(MERGE, "/top", "{'row':[{'id':1},{'id':2}],'prio':['p','q']}"));
        candidate.edit(
                List.of(
                        edit(MERGE, "/top/row[id='2']", "{'id':2}", new Position.First()),
                        edit(MERGE, "/top/prio[.='n']", "'n'", new Position.First()),
                        edit(DELETE, "/top/prio[.='q']")),
                1);
        datastores.commit(edit(MERGE, "/top/mtu", "9"));
        candidate.commit(1);
        assertThat(json(datastores.running()))
                .isEqualTo(
                        "{'ietf-restconf:data':{'store-test:top':{'mtu':9,'prio':['n','p'],'row':[{'id':2},{'id':1}]}}}");
    }

    @Test
    void discardingForgetsTheChanges() throws YangException {
        candidate.edit(List.of(edit(MERGE, "/top/low", "1")), 1);
        candidate.discard(1);
        assertThat(candidate.root()).isSameAs(datastores.running());
    }

    @Test
    void aPrivateCandidateIsSeenByNobodyElse() throws YangException {
        var own = datastores.privateCandidate();
        own.edit(List.of(edit(MERGE, "/top/low", "1")), 1);
        assertThat(candidate.changed()).isFalse();
    }

    @Test
    void aLockKeepsOtherSessionsOut() throws YangException {
        datastores.lock(DatastoreName.CANDIDATE, 4);
        datastores.lock(DatastoreName.RUNNING, 4);
        var denied = catchThrowableOfType(YangException.class, () -> datastores.lock(DatastoreName.RUNNING, 5));
        assertThat(denied.first()).satisfies(e -> {
            assertThat(e.tag()).isEqualTo(ErrorTag.LOCK_DENIED);
            assertThat(e.info().getFirst().value()).isEqualTo("4");
        });
        assertThatThrownBy(() -> candidate.edit(List.of(edit(MERGE, "/top/low", "1")), 5))
                .hasMessage("candidate is locked by session 4");
        assertThatThrownBy(() -> datastores.commit(edit(MERGE, "/top/mtu", "9")))
                .hasMessage("running is locked by session 4");
        candidate.edit(List.of(edit(MERGE, "/top/low", "1")), 4);
        candidate.commit(4);
        datastores.locks().release(4);
        datastores.commit(edit(MERGE, "/top/mtu", "9"));
        assertThatThrownBy(() -> datastores.locks().unlock(DatastoreName.RUNNING, 4))
                .hasMessage("session 4 holds no lock on running");
    }
}
