package io.auspex.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteHistoryTest extends HistoryContract {
    @TempDir
    private Path folder;

    @Override
    HistoryConfig config() {
        return HistoryConfig.in(folder);
    }

    @Test
    void whatTheQueueCannotHoldIsLostAndCountedAndNobodyWaits() throws Exception {
        // Given: a database that cannot be opened yet
        Path missing = folder.resolve("missing");
        var config = new HistoryConfig("jdbc:sqlite:" + missing.resolve("h.db"), Duration.ofDays(1), 1_000, 100);
        try (History history = History.start(config, InstantSource.system())) {
            var records = IntStream.range(0, 150)
                    .mapToObj(i -> new HistoryRecord.Health(Instant.now(), new NodeKey("t", "n" + i), 50, List.of()))
                    .toList();

            // When
            boolean all = history.offer(records);

            // Then
            assertThat(all).isFalse();
            assertThat(history.statistics()).isEqualTo(new HistoryStatistics(0, 50, 100));
            assertThatThrownBy(() -> history.graphAt(Instant.now()))
                    .isInstanceOf(HistoryException.class)
                    .hasMessageContaining("the history cannot be read");

            // When
            Files.createDirectory(missing);
            // Then
            await().untilAsserted(() -> assertThat(history.statistics()).isEqualTo(new HistoryStatistics(100, 50, 0)));
        }
    }

    private static final Duration LONG = Duration.ofHours(1);
    private static final NodeKey NODE = new NodeKey("t", "n");

    private static HistoryRecord.Health score(int score) {
        return new HistoryRecord.Health(Instant.ofEpochSecond(score), NODE, score, List.of());
    }

    private static List<Integer> scores(History history) throws Exception {
        return history.of(NODE, Instant.EPOCH, Instant.ofEpochSecond(1_000), 100).scores().stream()
                .map(NodeHistory.ScoreSpan::score)
                .toList();
    }

    private void execute(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection(config().jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void aStormOnAnIdleWriterIsWrittenAtOnce() {
        // Given
        var config = new HistoryConfig(config().jdbcUrl(), Duration.ofDays(1), 1_000, 100);
        try (History history = History.start(config, InstantSource.system(), LONG, LONG)) {
            history.offer(List.of(score(1)));
            await().until(() -> history.statistics().waiting() == 0);

            // When
            boolean all = history.offer(
                    IntStream.range(0, 100).mapToObj(_ -> score(2)).toList());

            // Then
            assertThat(all).isTrue();
            await().until(() -> history.statistics().written() == 101);
        }
    }

    @Test
    void aQuestionThatIsAskedWhileOthersAreWrittenIsNotForgotten() throws Exception {
        try (History history = History.start(config(), InstantSource.system(), LONG, LONG);
                Connection other = DriverManager.getConnection(config().jdbcUrl());
                Statement statement = other.createStatement()) {
            // Given: a writer that waits for the database
            history.offer(List.of(score(1)));
            await().until(() -> ask(history).equals(List.of(1)));
            statement.execute("BEGIN IMMEDIATE");
            history.offer(List.of(score(2)));
            Thread first = Thread.startVirtualThread(() -> ask(history));
            await().until(() -> history.statistics().waiting() == 0 && first.getState() == Thread.State.TIMED_WAITING);

            // When
            history.offer(List.of(score(3)));
            var answer = new CompletableFuture<List<Integer>>();
            Thread second = Thread.startVirtualThread(() -> answer.complete(ask(history)));
            await().until(() -> second.getState() == Thread.State.TIMED_WAITING);
            statement.execute("ROLLBACK");

            // Then
            assertThat(answer.get(10, TimeUnit.SECONDS)).containsExactly(3, 2, 1);
        }
    }

    private static List<Integer> ask(History history) {
        try {
            return scores(history);
        } catch (Exception e) {
            return List.of();
        }
    }

    @Test
    void whatADatabaseCannotTakeNowIsWrittenLater() throws Exception {
        try (History history = History.start(config(), InstantSource.system())) {
            // Given
            history.offer(List.of(score(1)));
            await().until(() -> ask(history).equals(List.of(1)));

            // When: the next statement fails, and a new connection makes the table again
            execute("ALTER TABLE event RENAME TO old_event");
            history.offer(List.of(score(2), score(3)));

            // Then
            await().untilAsserted(() -> assertThat(history.statistics()).isEqualTo(new HistoryStatistics(3, 0, 0)));
            assertThat(scores(history)).containsExactly(3, 2);
        }
    }

    @Test
    void aRecordThatTheDatabaseRefusesTakesNoOtherWithIt() throws Exception {
        try (History history = History.start(config(), InstantSource.system())) {
            // Given
            await().untilAsserted(
                            () -> execute("CREATE TRIGGER refuse BEFORE INSERT ON event WHEN NEW.content LIKE '66 %'"
                                    + " BEGIN SELECT RAISE(ABORT, 'refused'); END"));
            var state = new NodeState(NODE, "n", null, Map.of(), List.of());

            // When
            List<HistoryRecord> records = new ArrayList<>();
            records.add(new HistoryRecord.Graph(Instant.EPOCH, true, List.of(state), Set.of()));
            IntStream.rangeClosed(1, 99).mapToObj(SqliteHistoryTest::score).forEach(records::add);
            assertThat(history.offer(records)).isTrue();

            // Then
            await().untilAsserted(() -> assertThat(history.statistics()).isEqualTo(new HistoryStatistics(99, 1, 0)));
            assertThat(scores(history))
                    .hasSize(98)
                    .startsWith(99, 98)
                    .contains(67, 65)
                    .doesNotContain(66);
            assertThat(history.graphAt(Instant.ofEpochSecond(1)).nodes()).containsExactly(state);
        }
    }

    @Test
    void anUpgradeThatFailedIsTriedAgain() throws Exception {
        // Given
        for (String sql : FormatOneSample.STATEMENTS) {
            execute(sql);
        }
        execute("ALTER TABLE metric RENAME TO metric_away");
        var database = new Database(config());
        assertThatThrownBy(() -> Recorder.open(database)).hasMessageContaining("metric");

        // When
        execute("ALTER TABLE metric_away RENAME TO metric");
        Recorder.open(database).close();

        // Then
        try (Connection connection = database.open()) {
            assertThat(Database.single(connection, "SELECT max(format) FROM auspex_format"))
                    .isEqualTo(2);
        }
    }

    @Test
    void aRecordThatCannotBeWrittenAtAllIsLostAndCountedAndTheNextIsWritten() throws Exception {
        try (History history = History.start(config(), InstantSource.system())) {
            // When
            history.offer(List.of(score(1), new HistoryRecord.Health(Instant.MAX, NODE, 50, List.of()), score(2)));

            // Then
            await().untilAsserted(() -> assertThat(history.statistics()).isEqualTo(new HistoryStatistics(2, 1, 0)));
            assertThat(scores(history)).containsExactly(2, 1);
        }
    }

    @Test
    void whatIsDamagedIsNotKnownAndTheHistoryGoesOn() throws Exception {
        // Given
        try (History history = History.start(config(), () -> Instant.EPOCH)) {
            var state = new NodeState(NODE, "n", null, Map.of(), List.of());
            history.offer(List.of(
                    new HistoryRecord.Graph(Instant.EPOCH, true, List.of(state), Set.of()), score(1), score(2)));
            await().until(() -> history.statistics().written() == 3);
        }
        execute("UPDATE event SET content = 'damaged' WHERE content LIKE '2 %' OR kind = 0");
        execute("DELETE FROM event WHERE kind = 4");

        // When
        try (var recorder = Recorder.open(new Database(config()))) {
            recorder.write(List.of(
                    score(3), new HistoryRecord.Graph(Instant.ofEpochSecond(3), false, List.of(), Set.of(NODE))));
        }

        // Then
        try (Connection connection = new Database(config()).open()) {
            var queries = new Queries(connection);
            assertThat(queries.of(NODE, Instant.EPOCH, Instant.ofEpochSecond(9), 9)
                            .scores())
                    .extracting(NodeHistory.ScoreSpan::score)
                    .containsExactly(3, 1);
            assertThat(queries.graphAt(Instant.ofEpochSecond(2)).nodes()).hasSize(1);
        }
    }

    @Test
    void aDamagedSubserviceIsNamedAndTheOthersAreTold() throws Exception {
        // Given
        var database = new Database(config());
        var other = new NodeKey("t", "other");
        try (var recorder = Recorder.open(database)) {
            recorder.write(List.of(graph(1, NODE, other)));
        }
        execute("UPDATE event SET content = 'damaged' WHERE kind = " + EventKind.CONFIGURATION.code() + " AND subject ="
                + " (SELECT subject FROM subject WHERE id = 'other')");

        // When
        try (Connection connection = database.open()) {
            var queries = new Queries(connection);
            var graph = queries.graphAt(Instant.ofEpochSecond(2));
            var differences = queries.differences(Instant.EPOCH, Instant.ofEpochSecond(2));

            // Then
            assertThat(graph.nodes()).extracting(NodeState::key).containsExactly(NODE);
            assertThat(graph.unreadable()).containsExactly(other);
            assertThat(differences.differences())
                    .extracting(GraphDifference::key)
                    .containsExactly(NODE);
            assertThat(differences.unreadable()).containsExactly(other);
        }
    }

    @Test
    void aQuestionThatNobodyWaitsForEndsInTheDatabase() throws Exception {
        // Given
        var queries = new Queries(new Database(config()).open());
        var endless = Thread.ofPlatform().start(() -> {
            try (queries) {
                queries.read(
                        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n",
                        _ -> true);
            } catch (SQLException e) {
                // that is how it ends
            }
        });

        // When
        queries.cancel();

        // Then
        endless.join();
    }

    @Test
    void aSubserviceThatWentWithATidyingComesBack() throws Exception {
        // Given
        var database = new Database(config());
        var other = new NodeKey("t", "other");
        try (var recorder = Recorder.open(database)) {
            for (int i = 0; i < 3; i++) {
                recorder.write(List.of(graph(2 * i, NODE, other)));
                recorder.write(List.of(
                        new HistoryRecord.Graph(Instant.ofEpochSecond(2 * i + 1), false, List.of(), Set.of(NODE))));
                recorder.write(List.of(value(2 * i + 1, NODE)));

                // When
                recorder.tidy(new Retention(Duration.ofMillis(1), 1_000), Instant.ofEpochSecond(2 * i + 2));
            }
            recorder.write(List.of(graph(9, NODE, other)));
        }

        // Then
        try (Connection connection = database.open()) {
            assertThat(new Queries(connection).graphAt(Instant.ofEpochSecond(9)).nodes())
                    .extracting(NodeState::key)
                    .containsExactly(NODE, other);
        }
    }

    @Test
    void whatIsToldTooLateOfASubserviceThatIsGoneLeavesNothing() throws Exception {
        // Given
        var database = new Database(config());
        var other = new NodeKey("t", "other");
        var stray = new NodeKey("t", "stray");
        try (var recorder = Recorder.open(database)) {
            recorder.write(List.of(graph(0, NODE, other), health(1, NODE), health(1, other), health(1, stray)));
            recorder.write(
                    List.of(new HistoryRecord.Graph(Instant.ofEpochSecond(2), false, List.of(), Set.of(NODE, stray))));

            // When
            recorder.write(List.of(
                    health(3, NODE),
                    value(3, NODE),
                    value(3, new NodeKey("t", "never")),
                    new HistoryRecord.Graph(
                            Instant.ofEpochSecond(3), false, List.of(), Set.of(new NodeKey("t", "neither")))));
            try (Connection connection = database.open()) {
                assertThat(Database.single(connection, "SELECT count(*) FROM event WHERE at > 2000000"))
                        .isZero();
                assertThat(Database.single(connection, "SELECT count(*) FROM subject"))
                        .isEqualTo(3);
            }
            recorder.write(List.of(health(3, stray), graph(4, other)));
            recorder.tidy(new Retention(Duration.ofSeconds(1), 1_000), Instant.ofEpochSecond(9));
        }

        // Then
        try (Connection connection = database.open()) {
            assertThat(Database.single(connection, "SELECT count(*) FROM subject"))
                    .isEqualTo(1);
            assertThat(Database.single(connection, "SELECT count(*) FROM event WHERE subject > 0"))
                    .isEqualTo(2);
            GraphAt graph = new Queries(connection).graphAt(Instant.ofEpochSecond(9));
            assertThat(graph.scores()).isEqualTo(Map.of(other, 50));
            assertThat(graph.version()).isEqualTo(2);
        }
    }

    private static HistoryRecord.Health health(int second, NodeKey node) {
        return new HistoryRecord.Health(Instant.ofEpochSecond(second), node, 50, List.of());
    }

    private static HistoryRecord.MetricValue value(int second, NodeKey node) {
        return new HistoryRecord.MetricValue(Instant.ofEpochSecond(second), node, "cpu", "1");
    }

    private static HistoryRecord.Graph graph(int second, NodeKey... nodes) {
        List<NodeState> present = new ArrayList<>();
        for (NodeKey node : nodes) {
            present.add(new NodeState(node, node.id(), null, Map.of(), List.of()));
        }
        return new HistoryRecord.Graph(Instant.ofEpochSecond(second), true, present, Set.of());
    }

    @Test
    void whatIsWrittenIsCopiedToTheFileEachMinute() throws Exception {
        // Given
        var minutes = new AtomicInteger();
        try (History history = History.start(config(), () -> Instant.ofEpochSecond(60L * minutes.get()))) {
            history.offer(List.of(
                    score(1), new HistoryRecord.MetricValue(Instant.EPOCH, NODE, "mark", "brought-to-the-file")));
            await().until(() -> history.statistics().written() == 2);

            // When
            minutes.incrementAndGet();

            // Then
            await().until(() -> Files.readString(folder.resolve("history.db"), StandardCharsets.ISO_8859_1)
                    .contains("brought-to-the-file"));
        }
    }

    @Test
    void aQuestionThatTooManyWaitBeforeIsRefusedAtOnce() throws Exception {
        // Given: a database that never answers
        var askers = new ArrayList<Thread>();
        var refused = new ConcurrentLinkedQueue<String>();
        try (var silent = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
                History history = History.start(
                        HistoryConfig.of("jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/h"),
                        InstantSource.system())) {
            // When
            for (int i = 0; i < 67; i++) {
                askers.add(Thread.startVirtualThread(() -> {
                    try {
                        history.graphAt(Instant.EPOCH);
                    } catch (HistoryException e) {
                        refused.add(String.valueOf(e.getMessage()));
                    }
                }));
            }

            // Then
            await().until(() -> !refused.isEmpty());
            assertThat(refused).containsExactly("the history is asked too much: 64 questions wait");
            silent.close();
            askers.forEach(Thread::interrupt);
        }
    }

    @Test
    void aQuestionThatNobodyWaitsForAnyMoreEnds() throws Exception {
        // Given
        var database = new Database(config());
        try (var recorder = Recorder.open(database)) {
            recorder.write(List.of(graph(0, NODE)));
        }
        try (Connection connection = database.open()) {
            // When
            Thread.currentThread().interrupt();

            // Then
            assertThatThrownBy(() -> new Queries(connection).graphAt(Instant.EPOCH))
                    .isInstanceOf(SQLException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void aUrlOfAnotherDatabaseIsRefused() {
        assertThatThrownBy(() -> HistoryConfig.of("jdbc:h2:mem:x"))
                .hasMessage("expected a URL of SQLite or PostgreSQL such as jdbc:postgresql://host/database,"
                        + " got jdbc:h2:...");
    }

    @Test
    void nothingIsAskedOfAnEmptyList() {
        try (History history = History.start(config(), InstantSource.system())) {
            assertThat(history.offer(List.of())).isTrue();
        }
    }
}
