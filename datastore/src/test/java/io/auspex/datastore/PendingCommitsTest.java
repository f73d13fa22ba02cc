package io.auspex.datastore;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PendingCommitsTest {
    private final PendingCommits<String> commits = new PendingCommits<>();

    @Test
    void whatWasKeptIsTakenOnce() {
        commits.put(1, "a");
        commits.put(2, "b");
        assertThat(commits.take(1)).isEqualTo("a");
        assertThat(commits.take(1)).isNull();
        assertThat(commits.take(2)).isEqualTo("b");
        assertThat(commits.take(3)).isNull();
    }

    @Test
    void ofACommitThatOthersRefusedALaterOneMakesForget() {
        commits.put(1, "refused");
        commits.put(2, "a");
        commits.put(4, "b");
        assertThat(commits.take(2)).isEqualTo("a");
        assertThat(commits.take(1)).isNull();
        assertThat(commits.take(3)).isNull();
        assertThat(commits.take(4)).isEqualTo("b");
    }

    @Test
    void whereNothingWasKeptNothingOfAnEarlierOneIsTaken() {
        commits.put(1, "refused");
        assertThat(commits.take(2)).isNull();
        assertThat(commits.newest()).isNull();
    }

    @Test
    void aVersionThatIsGivenAgainIsThatOfTheLaterCommit() {
        commits.put(1, "a");
        commits.put(2, "refused");
        commits.put(3, "refused");
        commits.put(2, "b");
        assertThat(commits.newest()).isEqualTo("b");
        assertThat(commits.take(1)).isEqualTo("a");
        assertThat(commits.take(2)).isEqualTo("b");
        assertThat(commits.take(3)).isNull();
    }

    @Test
    void theNewestIsThatWhichWasCheckedLast() {
        assertThat(commits.newest()).isNull();
        commits.put(1, "a");
        commits.put(2, "b");
        assertThat(commits.newest()).isEqualTo("b");
        commits.take(2);
        assertThat(commits.newest()).isNull();
    }

    @Test
    void theOldestIsForgottenWhenThereAreTooMany() {
        for (var version = 0; version <= 8_192; version++) {
            commits.put(version, "v" + version);
        }
        assertThat(commits.take(0)).isNull();
        assertThat(commits.take(1)).isEqualTo("v1");
        assertThat(commits.take(8_192)).isEqualTo("v8192");
    }
}
