package io.auspex.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A small history of format 1, as the Auspex of then wrote it. */
final class FormatOneSample {
    private static final String OPEN = Long.toString(Long.MAX_VALUE);
    private static final String DEVICE = "'sain:device-type', 'device/r1 with space\nand line'";
    private static final String SERVICE = "'sain:service-instance-type', 'vpn/a'";

    static final List<String> STATEMENTS = statements();

    private FormatOneSample() {}

    private static String at(int seconds) {
        return Long.toString(Database.micros(Instant.parse("2026-11-21T10:00:00.000001Z")) + seconds * 1_000_000L);
    }

    private static void row(List<String> statements, String table, String... values) {
        statements.add("INSERT INTO " + table + " VALUES (" + String.join(", ", values) + ")");
    }

    private static List<String> statements() {
        List<String> all = new ArrayList<>(List.of(
                "CREATE TABLE auspex_format (format INTEGER NOT NULL)",
                "INSERT INTO auspex_format VALUES (1)",
                "CREATE TABLE graph_version (version BIGINT PRIMARY KEY, at BIGINT NOT NULL)",
                "CREATE INDEX graph_version_at ON graph_version (at)",
                "CREATE TABLE node (type TEXT NOT NULL, id TEXT NOT NULL, began BIGINT NOT NULL, ended BIGINT NOT NULL,"
                        + " began_version BIGINT NOT NULL, ended_version BIGINT NOT NULL, content TEXT NOT NULL,"
                        + " PRIMARY KEY (type, id, began_version))",
                "CREATE INDEX node_ended ON node (ended, began)",
                "CREATE TABLE score (type TEXT NOT NULL, id TEXT NOT NULL, began BIGINT NOT NULL,"
                        + " ended BIGINT NOT NULL, score INTEGER NOT NULL)",
                "CREATE INDEX score_node ON score (type, id, ended)",
                "CREATE TABLE symptom (symptom_id TEXT PRIMARY KEY, type TEXT NOT NULL, id TEXT NOT NULL,"
                        + " name TEXT NOT NULL, weight INTEGER NOT NULL, description TEXT NOT NULL,"
                        + " began BIGINT NOT NULL, ended BIGINT NOT NULL)",
                "CREATE TABLE metric (type TEXT NOT NULL, id TEXT NOT NULL, at BIGINT NOT NULL, metric TEXT NOT NULL,"
                        + " content TEXT NOT NULL)"));
        row(all, "graph_version", "1", at(0));
        row(all, "graph_version", "2", at(7));
        row(all, "graph_version", "3", at(20));
        row(all, "node", DEVICE, at(0), at(7), "1", "2", "'device+r1 - \ndevice r1 \n'");
        row(all, "node", DEVICE, at(7), OPEN, "2", OPEN, "'device+r1 +noc \ndevice r1 \n'");
        row(
                all,
                "node",
                SERVICE,
                at(0),
                at(20),
                "1",
                "3",
                "'vpn+a - \ninstance-name %C3%A4+b service vpn \nsain%3Adevice-type"
                        + " device%2Fr1+with+space%0Aand+line ietf-service-assurance%3Aimpacting '");
        row(all, "score", DEVICE, at(1), at(5), "100");
        row(all, "score", DEVICE, at(5), at(5), "7");
        row(all, "score", DEVICE, at(5), at(9), "60");
        row(all, "score", DEVICE, at(9), OPEN, "100");
        row(all, "symptom", "'cpu-1'", DEVICE, "'cpu-high'", "40", "'hot'", at(5), at(8));
        row(all, "symptom", "'fan-1'", DEVICE, "'fan'", "10", "'loud'", at(30), OPEN);
        row(all, "metric", DEVICE, at(5), "'cpu'", "'99 %'");
        return all;
    }
}
