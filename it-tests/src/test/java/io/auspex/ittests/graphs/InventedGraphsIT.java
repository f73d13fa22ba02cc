package io.auspex.ittests.graphs;

import static io.auspex.ittests.graphs.AssuredNetwork.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.ittests.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Graphs beside the examples: scores and symptoms were worked out by hand from RFC 9417 §3.4, §3.6 and RFC 9418 §3. */
class InventedGraphsIT {
    @TempDir
    private static Path folder;

    private static ServerProcess server;
    private static AssuredNetwork network;

    @BeforeAll
    static void start() throws Exception {
        server = ServerProcess.start(
                folder.resolve("data"),
                "--set",
                "yang.directories=conformance/yang",
                "--set",
                "packs.directories=conformance/packs");
        network = new AssuredNetwork(server.curl());
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void aSharedSubserviceIsOneNodeWhoseSymptomEachListsOnce() throws Exception {
        // Given
        network.replace("""
                svc/gold : path/1, path/2
                svc/silver : path/2
                path/1 : link/1
                path/2 : link/1
                link/1 : device/1
                device/1
                """);

        // When
        network.reportAll("device/1=25 path/2=35 svc/silver=10");

        // Then
        assertThat(network.scores()).isEqualTo(ShortGraph.scores("""
                device/1 75
                link/1 75
                path/1 75
                path/2 65
                svc/gold 65
                svc/silver 65
                """));
        assertThat(network.active("svc/gold")).containsExactly("fault 25", "fault 35");
        assertThat(network.active("svc/silver")).containsExactly("fault 10", "fault 25", "fault 35");
        assertThat(network.symptoms("svc/gold"))
                .contains(network.symptoms("device/1").getFirst());
    }

    @Test
    void informationGoesUpWithoutWeightAndImpactBesideItWithItsOwn() throws Exception {
        // Given: the device impacts silver by way of the link, gold has it for information only.
        network.replace("""
                svc/gold : vrf/1, probe/1 i
                svc/silver : vrf/1, probe/1 i, link/1
                vrf/1 : load/1 i
                load/1
                probe/1 : link/1
                link/1 : device/1
                device/1
                """);

        // When
        network.reportAll("device/1=100 load/1=15");

        // Then
        assertThat(network.scores()).isEqualTo(ShortGraph.scores("""
                device/1 0
                link/1 0
                load/1 85
                probe/1 0
                svc/gold 100
                svc/silver 0
                vrf/1 100
                """));
        assertThat(network.active("vrf/1")).containsExactly("fault 0");
        assertThat(network.active("probe/1")).containsExactly("fault 100");
        assertThat(network.active("svc/gold")).containsExactly("fault 0", "fault 0");
        assertThat(network.active("svc/silver")).containsExactly("fault 0", "fault 100");
    }

    @Test
    void maintenanceDeepBelowSilencesTheWayUpAndNothingElse() throws Exception {
        // Given
        String graph = """
                svc/gold : vrf/1, path/1
                svc/silver : path/2
                svc/watcher : link/1 i
                vrf/1 : path/1
                path/1 : link/1
                path/2 : link/2
                link/1 : device/1%s
                link/2 : device/2
                device/1 : igp/1%s
                device/2
                igp/1
                """;
        network.replace(graph.formatted("", "").replace("device/1 :", "device/1 @noc :"));

        // When
        network.reportAll("igp/1=20 vrf/1=30 link/2=40 link/1=50 svc/gold=60");

        // Then
        assertThat(network.scores()).isEqualTo(ShortGraph.scores("""
                device/1 0
                device/2 100
                igp/1 80
                link/1 0
                link/2 60
                path/1 0
                path/2 60
                svc/gold 0
                svc/silver 60
                svc/watcher 100
                vrf/1 0
                """));
        for (String id : List.of("device/1", "link/1", "path/1", "vrf/1", "svc/gold")) {
            assertThat(network.active(id)).as(id).containsExactly("under-maintenance 100");
        }
        assertThat(network.active("svc/watcher")).containsExactly("under-maintenance 0");
        assertThat(network.active("igp/1")).containsExactly("fault 20");
        assertThat(network.active("svc/silver")).containsExactly("fault 40");

        // When
        String linksChange = network.lastChange("link/1");
        String graphsChange = network.graphLastChange();
        accepted(network.removeMaintenance("device/1"));

        // Then
        assertThat(network.scores())
                .containsEntry("device/1", 80)
                .containsEntry("link/1", 50)
                .containsEntry("vrf/1", 50)
                .containsEntry("svc/gold", 40);
        assertThat(network.active("svc/gold")).containsExactly("fault 20", "fault 30", "fault 50", "fault 60");
        assertThat(network.active("svc/watcher")).containsExactly("fault 0", "fault 0");
        assertThat(network.lastChange("link/1")).isEqualTo(linksChange);
        assertThat(network.lastChange("device/1"))
                .isEqualTo(network.graphLastChange())
                .isGreaterThan(graphsChange);
    }

    @Test
    void unknownBesideZeroIsZeroAndBesideAnythingElseUnknown() throws Exception {
        // Given
        network.replace("""
                svc/broken : link/unknown, link/dead
                svc/unknown : link/unknown, link/poor
                svc/fine : link/unknown i, link/good
                svc/itself
                svc/top : svc/unknown, link/poor
                link/unknown
                link/dead
                link/poor
                link/good
                """);

        // When
        network.report("link/dead=100 link/poor=40 link/good=0 svc/broken=0 svc/unknown=0 svc/fine=0 svc/top=0");

        // Then
        assertThat(network.scores()).isEqualTo(ShortGraph.scores("""
                link/dead 0
                link/good 100
                link/poor 60
                link/unknown -1
                svc/broken 0
                svc/fine 100
                svc/itself -1
                svc/top -1
                svc/unknown -1
                """));
        assertThat(network.active("svc/broken")).containsExactly("fault 100", "not-yet-computed 100");
        assertThat(network.active("svc/unknown")).containsExactly("fault 40", "not-yet-computed 100");
        assertThat(network.active("svc/fine")).containsExactly("not-yet-computed 0");

        // When
        network.report("link/unknown=10");

        // Then
        assertThat(network.scores())
                .containsEntry("svc/broken", 0)
                .containsEntry("svc/unknown", 60)
                .containsEntry("svc/top", 60)
                .containsEntry("svc/itself", -1);
    }

    @Test
    void whatWasSeenTooLongAgoIsUnknownAndSilenceEndsNoSymptom() throws Exception {
        // Given
        network.replace("""
                svc/gold : link/1, link/2
                link/1
                link/2
                """);
        String longAgo = Instant.now().minus(Duration.ofMinutes(10)).toString();
        String lately = Instant.now().minus(Duration.ofMinutes(4)).toString();

        // When
        network.report("svc/gold=0");
        network.reportAsOf("link/1=100", longAgo);
        network.reportAsOf("link/2=30", lately);

        // Then
        assertThat(network.scores()).isEqualTo(ShortGraph.scores("""
                link/1 -1
                link/2 70
                svc/gold -1
                """));
        assertThat(network.active("link/1")).containsExactly("metric-stale 100");
        assertThat(network.active("svc/gold")).containsExactly("fault 30", "metric-stale 100");

        // When: a late value is older than the one that is there.
        network.report("link/2=45");
        network.reportAsOf("link/2=0", lately);
        network.report("link/1=0");

        // Then
        assertThat(network.scores()).isEqualTo(ShortGraph.scores("""
                link/1 100
                link/2 55
                svc/gold 55
                """));
        assertThat(network.symptoms("link/1"))
                .singleElement()
                .satisfies(s -> assertThat(s.name()).isEqualTo("metric-stale"))
                .satisfies(s -> assertThat(s.isActive()).isFalse());
    }

    @Test
    void aGroupBearsTheLossOfThoseThatAreToSpare() throws Exception {
        // Given: one of two links is enough for silver, two of three for gold.
        network.replace("""
                svc/gold : link/1 r2of3, link/2 r2of3, link/3 r2of3
                svc/silver : link/1 r1of2, link/2 r1of2
                svc/top : svc/silver
                link/1
                link/2
                link/3
                """);

        // When
        network.reportAll("link/1=100 link/3=20");

        // Then: gold's second best is the 80 of link/3, and none is to spare: 100 - 30 = 70.
        assertThat(network.scores()).isEqualTo(ShortGraph.scores("""
                link/1 0
                link/2 100
                link/3 80
                svc/gold 70
                svc/silver 70
                svc/top 70
                """));
        assertThat(network.active("svc/gold")).containsExactly("fault 0", "fault 20", "no-redundancy 30");
        assertThat(network.active("svc/top")).containsExactly("fault 0", "no-redundancy 30");

        // When
        network.report("link/2=100");

        // Then
        assertThat(network.scores())
                .containsEntry("svc/gold", 0)
                .containsEntry("svc/silver", 0)
                .containsEntry("svc/top", 0);
        assertThat(network.active("svc/silver")).containsExactly("fault 100", "fault 100");
    }

    @Test
    void aShareOfTheLossGoesUpAWeightedEdge() throws Exception {
        // Given
        network.replace("""
                svc/gold : path/1 w50, link/2
                path/1 : link/1
                link/1
                link/2
                """);

        // When
        network.reportAll("link/1=60 link/2=10");

        // Then
        assertThat(network.scores()).isEqualTo(ShortGraph.scores("""
                link/1 40
                link/2 90
                path/1 40
                svc/gold 70
                """));
        assertThat(network.active("svc/gold")).containsExactly("fault 10", "fault 30");

        // When: the share of unknown is unknown.
        network.report("link/1=");

        // Then
        assertThat(network.scores()).containsEntry("path/1", -1).containsEntry("svc/gold", -1);
    }

    @Test
    void noEditClosesACircleAndOneThatTurnsAnEdgeRoundIsFine() throws Exception {
        // Given
        network.replace("""
                svc/gold : path/1
                path/1 : link/1
                link/1 : device/1
                device/1
                """);
        network.reportAll("device/1=40");
        String before = network.graphLastChange();

        // When
        var byDependency = network.addDependency("device/1", "svc/gold");
        var bySubservice = network.putOne("device/1 : path/1 i");
        var byItself = network.merge("link/1 : link/1");
        var bySeveral = network.merge("""
                vrf/1 : vrf/2
                vrf/2 : vrf/3 i
                vrf/3 : vrf/1
                """);

        // Then
        for (var refused : List.of(byDependency, bySubservice, byItself, bySeveral)) {
            assertThat(refused.status()).as(refused.body()).isEqualTo(400);
            assertThat(refused.body()).contains("the dependencies form a cycle: ", " -> ");
        }
        assertThat(byDependency.body()).contains("device/1", "svc/gold", "path/1", "link/1");
        assertThat(network.scores()).hasSize(4).containsEntry("svc/gold", 60);
        assertThat(network.graphLastChange()).isEqualTo(before);

        // When
        accepted(network.put("""
                svc/gold : path/1
                path/1
                link/1 : path/1
                device/1 : link/1
                """));

        // Then
        assertThat(network.scores()).isEqualTo(ShortGraph.scores("""
                device/1 60
                link/1 100
                path/1 100
                svc/gold 100
                """));
        assertThat(network.lastChange("svc/gold")).isLessThanOrEqualTo(before);
        assertThat(network.lastChange("device/1")).isGreaterThan(before);
    }

    @Test
    void twoSubservicesOfOneTypeForOneObjectAreRefusedAndAnExchangeOfObjectsIsNot() throws Exception {
        // Given
        network.replace("""
                svc/gold : link/1, link/2
                link/1 =a
                link/2 =b
                """);
        network.reportAll("link/1=30");

        // When
        var twin = network.putOne("link/3 =a");
        var otherType = network.putOne("igp/3 =a");

        // Then
        assertThat(twin.status()).as(twin.body()).isEqualTo(412);
        assertThat(twin.body()).contains("data-not-unique", "link/3", "link/1", "link-id=a");
        accepted(otherType);

        // When: the objects of the two change places in one edit, so both are others than before.
        accepted(network.put("""
                svc/gold : link/1, link/2
                link/1 =b
                link/2 =a
                """));

        // Then
        assertThat(network.scores())
                .containsEntry("link/1", -1)
                .containsEntry("link/2", -1)
                .containsEntry("svc/gold", -1)
                .doesNotContainKey("igp/3");
    }

    @Test
    void theIndexOfServicesFollowsEachEdit() throws Exception {
        // Given
        network.replace("""
                svc/gold : path/1
                svc/silver : path/2
                path/1 : link/1, probe/1 i
                path/2
                link/1
                probe/1
                """);
        assertThat(network.assured("gold", "gold"))
                .containsExactlyInAnyOrder("svc/gold", "path/1", "link/1", "probe/1");

        // When
        accepted(network.addDependency("path/2", "link/1"));
        accepted(network.putOne("path/1 : probe/1 i"));

        // Then
        assertThat(network.assured("gold", "gold")).containsExactlyInAnyOrder("svc/gold", "path/1", "probe/1");
        assertThat(network.assured("silver", "silver")).containsExactlyInAnyOrder("svc/silver", "path/2", "link/1");

        // When
        var needed = network.remove("link/1");
        accepted(network.remove("svc/gold"));

        // Then
        assertThat(needed.status()).isIn(400, 409, 412);
        assertThat(network.assured("gold", "gold")).isEmpty();
        assertThat(network.scores()).containsKey("path/1").doesNotContainKey("svc/gold");
    }

    @Test
    void eachOccurrenceHasAnIdOfItsOwnAndChangesOfWeightAreTheSameOccurrence() throws Exception {
        // Given
        network.replace("""
                svc/gold : link/1
                link/1
                """);
        network.reportAll("link/1=30");
        var first = network.symptoms("link/1").getFirst();
        String changed = network.graphLastChange();

        // When
        network.report("link/1=45");
        // Then
        assertThat(network.symptoms("svc/gold")).singleElement().satisfies(s -> {
            assertThat(s.id()).isEqualTo(first.id());
            assertThat(s.start()).isEqualTo(first.start());
            assertThat(s.weight()).isEqualTo(45);
        });

        // When
        network.report("link/1=0");
        network.report("link/1=45");
        // Then
        assertThat(network.symptoms("link/1")).hasSize(2);
        assertThat(network.symptoms("svc/gold")).singleElement().satisfies(s -> {
            assertThat(s.id()).isNotEqualTo(first.id());
            assertThat(s.start()).isGreaterThanOrEqualTo(first.start());
        });
        assertThat(network.graphLastChange()).isEqualTo(changed);
        assertThat(network.scores()).containsEntry("svc/gold", 55);
    }

    @Test
    void aLongChainAndAWideOneCarryTheFaultToTheTop() throws Exception {
        // Given
        String chain = IntStream.range(1, 300)
                .mapToObj(i -> "link/" + i + " : link/" + (i - 1))
                .collect(Collectors.joining("\n"));
        String wide = IntStream.range(0, 300).mapToObj(i -> "igp/" + i).collect(Collectors.joining("\n"));
        String all = IntStream.range(0, 300).mapToObj(i -> "igp/" + i).collect(Collectors.joining(", "));
        network.replace("svc/gold : link/299\nlink/0 : " + all + "\n" + chain + "\n" + wide);

        // When
        network.reportAll("igp/7=33 igp/299=1");

        // Then
        assertThat(network.scores()).containsEntry("svc/gold", 67).containsEntry("igp/299", 99);
        assertThat(network.active("svc/gold")).containsExactly("fault 1", "fault 33");
        assertThat(network.assured("gold", "gold")).hasSize(601);
    }
}
