package io.auspex.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.auspex.access.AccessControl;
import io.auspex.access.Nacm;
import io.auspex.access.Principal;
import io.auspex.datastore.DatastoreConfig;
import io.auspex.datastore.DatastoreName;
import io.auspex.datastore.Datastores;
import io.auspex.datastore.Edit;
import io.auspex.datastore.Operation;
import io.auspex.yang.data.NodeBuilder;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModelLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A confirmed commit that is pending when the server ends. */
class PendingCommitTest {
    private static final ModelContext MODEL =
            ModelLoader.loadOnly(Set.of("ietf-interfaces", "iana-if-type", "ietf-netconf", "ietf-netconf-acm"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final Clock clock = new Clock();

    private static final class Clock implements InstantSource {
        private volatile Instant now = Instant.parse("2026-11-21T08:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }
    }

    /** One life of the server. */
    private final class Life implements AutoCloseable {
        final Datastores datastores = Datastores.open(
                MODEL, DatastoreConfig.in(folder.resolve("datastore")).with(DatastoreConfig.Sync.NEVER));
        final CandidateControl control = new CandidateControl(datastores, clock, file());
        final DatastoreManagement management = new DatastoreManagement(
                datastores,
                new AccessGuard(MODEL, new AccessControl(Nacm.disabled(), _ -> {}), running -> running),
                new Operations(MODEL),
                new NoStreams(),
                control);

        void as(long session, Step step) throws Exception {
            ScopedValue.where(Principal.CURRENT, new Principal("admin", Set.of(), "test"))
                    .where(DatastoreControl.SESSION, session)
                    .call(() -> {
                        step.run();
                        return true;
                    });
        }

        void edit(DatastoreName datastore, String name) throws Exception {
            edit(datastore, name, null);
        }

        void edit(DatastoreName datastore, String name, EditRequest.@Nullable Precondition precondition)
                throws Exception {
            var data = NodeBuilder.node(
                    MODEL.root(),
                    r -> r.container(
                            "ietf-interfaces:interfaces",
                            i -> i.entry(
                                    "interface",
                                    e -> e.leaf("name", name).leaf("type", MODEL.identity("iana-if-type:tunnel")))));
            management.edit(new EditRequest(
                    datastore, List.of(new Edit(Operation.MERGE, DataPath.root(MODEL.root()), data)), precondition));
        }

        List<String> interfaces() {
            return datastores
                    .running()
                    .inner("interfaces")
                    .flatMap(i -> i.list("interface"))
                    .map(l -> {
                        var names = new java.util.ArrayList<String>();
                        l.forEach(e -> names.add((String) e.value("name").orElseThrow()));
                        return (List<String>) names;
                    })
                    .orElse(List.of());
        }

        @Override
        public void close() {
            control.close();
            datastores.close();
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    private Path file() {
        return folder.resolve("confirmed-commit");
    }

    /** A server that ends while a commit of interface b waits to be confirmed; a was there before. */
    private void endWhilePending(@Nullable String persist) throws Exception {
        try (var life = new Life()) {
            life.as(1, () -> {
                life.edit(DatastoreName.RUNNING, "a");
                life.edit(DatastoreName.CANDIDATE, "b");
                life.control.commitConfirmed(Duration.ofMinutes(10), persist, null);
            });
            assertThat(life.interfaces()).containsExactly("a", "b");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void isUndoneAtTheStartWhenOnlyItsSessionCouldConfirmIt() throws Exception {
        endWhilePending(null);
        try (var life = new Life()) {
            assertThat(life.interfaces()).containsExactly("a");
            assertThat(file()).doesNotExist();
        }
    }

    @Test
    void isStillPendingAfterTheStartWhenItPersists() throws Exception {
        endWhilePending("secret");
        try (var life = new Life()) {
            assertThat(life.interfaces()).containsExactly("a", "b");
            // When
            life.as(7, () -> life.control.commit("secret"));
            // Then
            assertThat(file()).doesNotExist();
        }
        clock.now = clock.now.plusSeconds(3600);
        try (var life = new Life()) {
            assertThat(life.interfaces()).containsExactly("a", "b");
        }
    }

    @Test
    void isUndoneAfterTheStartWhenItsTimeIsOver() throws Exception {
        endWhilePending("secret");
        clock.now = clock.now.plusSeconds(601);
        try (var life = new Life()) {
            await().untilAsserted(() -> assertThat(life.interfaces()).containsExactly("a"));
            await().untilAsserted(() -> assertThat(file()).doesNotExist());
        }
    }

    @Test
    void stopsTheStartWhenItsFileCannotBeTrusted() throws Exception {
        endWhilePending("secret");
        Files.writeString(file(), "tomorrow -\n{}");
        assertThatThrownBy(Life::new)
                .isInstanceOf(UncheckedIOException.class)
                .cause()
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file().toString());
    }

    @Test
    void whatWasCommittedWhileItWaitedForItsTurnIsNotUndoneWithIt() throws Exception {
        try (var life = new Life();
                var threads = Executors.newCachedThreadPool()) {
            // Given an edit in the middle of its transaction
            life.as(1, () -> {
                life.edit(DatastoreName.RUNNING, "a");
                life.edit(DatastoreName.CANDIDATE, "b");
            });
            var begun = new CountDownLatch(1);
            var mayEnd = new CountDownLatch(1);
            var edit = threads.submit(() -> {
                life.as(
                        0,
                        () -> life.edit(DatastoreName.RUNNING, "c", (_, _) -> {
                            begun.countDown();
                            awaitUninterrupted(mayEnd);
                        }));
                return true;
            });
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
            // When
            var thread = new AtomicReference<@Nullable Thread>();
            var commit = threads.submit(() -> {
                thread.set(Thread.currentThread());
                life.as(1, () -> life.control.commitConfirmed(Duration.ofMinutes(10), null, null));
                return true;
            });
            await().until(() -> thread.get() instanceof Thread t && t.getState() == Thread.State.WAITING);
            mayEnd.countDown();
            assertThat(edit.get() && commit.get()).isTrue();
            assertThat(life.interfaces()).containsExactly("a", "b", "c");
            life.as(1, () -> life.control.cancelCommit(null));
            // Then
            assertThat(life.interfaces()).containsExactly("a", "c");
        }
    }

    @Test
    void anEditOfNoSessionConfirmsItUnlessTheEditIsRefused() throws Exception {
        try (var life = new Life()) {
            life.as(0, () -> life.edit(DatastoreName.RUNNING, "a"));
            life.as(1, () -> {
                life.edit(DatastoreName.CANDIDATE, "b");
                life.control.commitConfirmed(Duration.ofMinutes(10), null, null);
            });
            // When
            assertThatThrownBy(() -> life.as(
                            0,
                            () -> life.edit(DatastoreName.RUNNING, "c", (_, _) -> {
                                throw new YangException(Failure.ACCESS_DENIED, "not you");
                            })))
                    .hasMessage("not you");
            // Then
            life.as(1, () -> life.control.cancelCommit(null));
            assertThat(life.interfaces()).containsExactly("a");

            // When
            life.as(1, () -> {
                life.edit(DatastoreName.CANDIDATE, "b");
                life.control.commitConfirmed(Duration.ofMinutes(10), null, null);
            });
            life.as(0, () -> life.edit(DatastoreName.RUNNING, "c"));
            // Then
            assertThatThrownBy(() -> life.as(1, () -> life.control.cancelCommit(null)))
                    .hasMessageContaining("no confirmed commit is pending");
            assertThat(life.interfaces()).containsExactly("a", "b", "c");
        }
    }

    @Test
    void isUndoneThoughItsSessionLockedAPart() throws Exception {
        try (var life = new Life()) {
            life.as(0, () -> life.edit(DatastoreName.RUNNING, "a"));
            var interfaces = DataPath.root(MODEL.root())
                    .child(MODEL.root().child("ietf-interfaces", "interfaces").orElseThrow());
            life.as(1, () -> {
                life.edit(DatastoreName.CANDIDATE, "b");
                life.control.commitConfirmed(Duration.ofMinutes(10), null, null);
            });
            life.as(1, () -> life.control.lockParts(List.of("/interfaces"), List.of(interfaces)));
            // When
            clock.now = clock.now.plus(Duration.ofMinutes(11));
            life.control.tick();
            // Then
            assertThat(life.interfaces()).containsExactly("a");
        }
    }

    @Test
    void anEditThatComesToItsTransactionWhileItWaitsIsRefusedRatherThanUndoneWithIt() throws Exception {
        try (var life = new Life()) {
            life.as(1, () -> {
                life.edit(DatastoreName.CANDIDATE, "b");
                life.control.commitConfirmed(Duration.ofMinutes(10), null, null);
            });
            assertThatThrownBy(() -> life.as(0, life.control::checkMayEdit))
                    .hasMessage("a confirmed commit of session 1 waits to be confirmed");
            assertThatThrownBy(() -> life.as(2, life.control::checkMayEdit)).isInstanceOf(YangException.class);
            life.as(1, life.control::checkMayEdit);
        }
    }

    @Test
    void isDroppedWhenRunningIsOlderThanWhatItWouldGoBackTo() throws Exception {
        endWhilePending("secret");
        var line = Files.readString(file()).split(" ", 3);
        Files.writeString(file(), line[0] + " " + line[1] + " 9" + line[2]);
        try (var life = new Life()) {
            assertThat(life.interfaces()).containsExactly("a", "b");
            assertThat(file()).doesNotExist();
        }
    }
}
