package io.auspex.management;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.auspex.access.Principal;
import io.auspex.datastore.DatastoreConfig;
import io.auspex.datastore.Datastores;
import io.auspex.datastore.Edit;
import io.auspex.datastore.Operation;
import io.auspex.datastore.faults.CrashingFiles;
import io.auspex.datastore.faults.CrashingFiles.Fault;
import io.auspex.datastore.faults.Workload;
import io.auspex.datastore.storage.FileLayer;
import io.auspex.datastore.storage.StorageException;
import io.auspex.yang.data.NodeBuilder;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModelLoader;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** The power goes at each step of a confirmed commit; later, its time being over, running is as the client was told. */
class PendingCommitCrashTest {
    private static final ModelContext MODEL = ModelLoader.loadOnly(Set.of("ietf-interfaces", "iana-if-type"));
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    private enum Told {
        NOTHING,
        OF_THE_FIRST_EDIT,
        THAT_IT_IS_PENDING,
        THAT_IT_IS_OVER
    }

    @BeforeAll
    static void faultsThatAreAskedForAreNotLogged() {
        ((Logger) LoggerFactory.getLogger("io.auspex")).setLevel(Level.OFF);
    }

    private static Edit adding(String name) {
        var data = NodeBuilder.node(
                MODEL.root(),
                r -> r.container(
                        "ietf-interfaces:interfaces",
                        i -> i.entry(
                                "interface",
                                e -> e.leaf("name", name).leaf("type", MODEL.identity("iana-if-type:tunnel")))));
        return new Edit(Operation.MERGE, DataPath.root(MODEL.root()), data);
    }

    private static List<String> interfaces(TreeNode running) {
        var names = new ArrayList<String>();
        running.inner("interfaces")
                .flatMap(i -> i.list("interface"))
                .ifPresent(
                        l -> l.forEach(e -> names.add((String) e.value("name").orElseThrow())));
        return names;
    }

    private static Datastores open(FileLayer files) {
        return Datastores.open(MODEL, DatastoreConfig.in(Workload.FOLDER).with(files));
    }

    private static CandidateControl control(Datastores datastores, FileLayer files, Instant time) {
        return new CandidateControl(datastores, () -> time, files, Workload.FOLDER.resolve("confirmed-commit"));
    }

    /** A server that is told to add interface a, to add b on trial, and to confirm or to cancel that. */
    private static Told run(FileLayer files, @Nullable String persist, boolean confirm) {
        var told = Told.NOTHING;
        try (var datastores = open(files);
                var control = control(datastores, files, NOW)) {
            datastores.commit(adding("a"));
            told = Told.OF_THE_FIRST_EDIT;
            datastores.candidate().edit(List.of(adding("b")), 1);
            control.commitConfirmed(Duration.ofMinutes(10), persist, null);
            told = Told.THAT_IT_IS_PENDING;
            if (confirm) {
                control.commit(persist);
            } else {
                control.cancelCommit(persist);
            }
            told = Told.THAT_IT_IS_OVER;
        } catch (YangException | StorageException | UncheckedIOException e) {
            // the power is gone
        }
        return told;
    }

    @ParameterizedTest
    @CsvSource({",true", ",false", "secret,true", "secret,false"})
    void runningIsAsTheClientWasTold(@Nullable String persist, boolean confirm) {
        ScopedValue.where(Principal.CURRENT, new Principal("admin", Set.of(), "test"))
                .where(DatastoreControl.SESSION, 1L)
                .run(() -> crashAtEachStep(persist, confirm));
    }

    private static void crashAtEachStep(@Nullable String persist, boolean confirm) {
        for (var step = 1; ; step++) {
            var files = new CrashingFiles(Fault.POWER_CUT, step);
            var told = run(files, persist, confirm);
            if (!files.hasFailed()) {
                assertThat(told).isEqualTo(Told.THAT_IT_IS_OVER);
                return;
            }
            var at = "power cut at step " + step;
            files.afterEveryPowerCut(8)
                    .forEach(found -> assertThat(later(found)).as(at).isIn(expected(told, confirm)));
        }
    }

    private static List<List<String>> expected(Told told, boolean confirm) {
        var without = List.of("a");
        var with = List.of("a", "b");
        return switch (told) {
            case NOTHING -> List.of(List.of(), without);
            case OF_THE_FIRST_EDIT -> List.of(without);
            case THAT_IT_IS_PENDING -> confirm ? List.of(without, with) : List.of(without);
            case THAT_IT_IS_OVER -> List.of(confirm ? with : without);
        };
    }

    /** What is found by a server that starts at once, and by the next one, after the deadline. */
    private static List<String> later(CrashingFiles files) {
        try (var datastores = open(files);
                var control = control(datastores, files, NOW)) {
            control.tick();
        }
        try (var datastores = open(files);
                var control = control(datastores, files, NOW.plusSeconds(3600))) {
            control.tick();
            assertThat(files.exists(Workload.FOLDER.resolve("confirmed-commit")))
                    .isFalse();
            return interfaces(datastores.running());
        }
    }
}
