package io.auspex.history;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The history on a real PostgreSQL. */
@Tag("peer")
class PostgresHistoryIT extends HistoryContract {
    @Nullable
    private static PostgresPeer postgres;

    private static int databases;

    @BeforeAll
    static void startPostgres() throws Exception {
        var whyNot = PostgresPeer.whyNot();
        assumeTrue(whyNot.isEmpty(), whyNot.orElse(""));
        postgres = PostgresPeer.start();
    }

    @AfterAll
    static void stopPostgres() throws Exception {
        if (postgres != null) {
            postgres.close();
        }
    }

    @Override
    HistoryConfig config() throws Exception {
        return HistoryConfig.of(Objects.requireNonNull(postgres).database("h" + ++databases));
    }
}
