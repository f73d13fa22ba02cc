package io.auspex.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.yang.schema.Binary;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Password checks: right, wrong, hostile, many (hostile input A104 to A106). */
class LocalUsersTest {
    private static final String SOURCE = "restconf 192.0.2.1:4000";
    private static final Secret HASH = PasswordHash.of(bytes("correct horse"));

    private final Map<String, User> users = new HashMap<>(Map.of("ann", user("ann", HASH)));
    private final List<AuditEvent> audit = new ArrayList<>();
    private final Clock clock = new Clock();
    private final AtomicInteger lookups = new AtomicInteger();
    private final LocalUsers logins = new LocalUsers(
            name -> {
                lookups.incrementAndGet();
                return Optional.ofNullable(users.get(name));
            },
            audit::add,
            clock);

    private static final class Clock implements InstantSource {
        private Instant now = Instant.parse("2026-11-21T10:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        void pass(Duration time) {
            now = now.plus(time);
        }
    }

    private static User user(String name, Secret hash) {
        return new User(name, hash, Set.of(), Set.of());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Authentication login(String user, String password) {
        return logins.authenticate(user, bytes(password), SOURCE);
    }

    @Test
    void theRightPasswordIsAccepted() {
        assertThat(login("ann", "correct horse"))
                .isEqualTo(new Authentication.Accepted(new Principal("ann", Set.of(), SOURCE)));
        assertThat(audit).containsExactly(new AuditEvent.LoggedIn("ann", SOURCE, "password"));
    }

    @Test
    void hostileInputA104AWrongPasswordAndAnUnknownUserAreRejectedAlike() {
        assertThat(login("ann", "wrong")).isEqualTo(new Authentication.Rejected());
        assertThat(login("bob", "correct horse")).isEqualTo(new Authentication.Rejected());
        assertThat(audit)
                .containsExactly(
                        new AuditEvent.LoginFailed("ann", SOURCE, "wrong user or password"),
                        new AuditEvent.LoginFailed("bob", SOURCE, "wrong user or password"));
    }

    @Test
    void hostileInputA104AnUnknownUserCostsAsMuchAsAWrongPassword() {
        // The least of many counts: it is the check itself, whatever else the machine does.
        var known = Cost.NONE_YET;
        var unknown = Cost.NONE_YET;
        for (var i = 0; i < 60; i++) {
            var source = "host" + i;
            known = known.least(Cost.of(() -> logins.authenticate("ann", bytes("wrong"), source)));
            unknown = unknown.least(Cost.of(() -> logins.authenticate("nobody", bytes("wrong"), source)));
        }
        assertThat((double) unknown.work() / known.work()).isBetween(0.75, 1.33);
        assertThat((double) unknown.elapsed() / known.elapsed()).isBetween(0.67, 1.5);
    }

    /**
     * What a check costs, in nanoseconds.
     *
     * @param work processor time of the thread that asks
     * @param elapsed what the one who asks can see, waiting included
     */
    private record Cost(long work, long elapsed) {
        static final Cost NONE_YET = new Cost(Long.MAX_VALUE, Long.MAX_VALUE);

        static Cost of(Supplier<Authentication> check) {
            var threads = ManagementFactory.getThreadMXBean();
            var start = System.nanoTime();
            var work = threads.getCurrentThreadCpuTime();
            assertThat(check.get()).isInstanceOf(Authentication.Rejected.class);
            return new Cost(threads.getCurrentThreadCpuTime() - work, System.nanoTime() - start);
        }

        Cost least(Cost other) {
            return new Cost(Math.min(work, other.work), Math.min(elapsed, other.elapsed));
        }
    }

    @Test
    void guessingIsSlowedDownAndForgivenInTheEnd() {
        for (var i = 0; i < 5; i++) {
            assertThat(login("ann", "guess" + i)).isInstanceOf(Authentication.Rejected.class);
        }
        assertThat(login("ann", "correct horse")).isEqualTo(new Authentication.Busy(Duration.ofSeconds(1)));
        clock.pass(Duration.ofSeconds(1));
        assertThat(login("ann", "guess")).isInstanceOf(Authentication.Rejected.class);
        assertThat(login("ann", "guess")).isEqualTo(new Authentication.Busy(Duration.ofSeconds(2)));
        clock.pass(Duration.ofSeconds(2));
        assertThat(login("ann", "correct horse")).isInstanceOf(Authentication.Accepted.class);
        assertThat(login("ann", "wrong")).isInstanceOf(Authentication.Rejected.class);
    }

    @Test
    void hostileInputA104AThousandGuessesAMinuteGetAFewChecksOnly() {
        var checks = 0;
        for (var i = 0; i < 1_000; i++) {
            checks += login("ann", "guess" + i) instanceof Authentication.Rejected ? 1 : 0;
            clock.pass(Duration.ofMillis(60));
        }
        assertThat(checks).isLessThan(15);
    }

    @Test
    void hostileInputA104UnknownUsersAreSlowedDownInTheSameWay() {
        var answers = new ArrayList<String>();
        for (var user : new String[] {"ann", "nobody"}) {
            for (var i = 0; i < 8; i++) {
                answers.add(login(user, "guess").toString());
            }
        }
        assertThat(answers.subList(0, 8)).isEqualTo(answers.subList(8, 16));
    }

    @Test
    void hostileInputA104ASourceThatGuessesManyNamesIsSlowedDownAndOthersAreNot() {
        for (var i = 0; i < 50; i++) {
            assertThat(login("name" + i, "guess")).isInstanceOf(Authentication.Rejected.class);
        }
        assertThat(login("one more", "guess")).isInstanceOf(Authentication.Busy.class);
        assertThat(logins.authenticate("ann", bytes("correct horse"), "restconf 192.0.2.2:4000"))
                .isInstanceOf(Authentication.Accepted.class);
    }

    @Test
    void aPasswordFoundRightIsRememberedForAMinuteAtMost() {
        login("ann", "correct horse");
        assertThat(login("ann", "correct horse")).isInstanceOf(Authentication.Accepted.class);
        assertThat(audit).hasSize(1);
        clock.pass(Duration.ofSeconds(60));
        assertThat(login("ann", "correct horse")).isInstanceOf(Authentication.Accepted.class);
        assertThat(audit).hasSize(2);
    }

    @Test
    void aChangeOfTheUserForgetsThePassword() {
        login("ann", "correct horse");
        users.put("ann", user("ann", PasswordHash.of(bytes("battery staple"))));
        assertThat(login("ann", "correct horse")).isInstanceOf(Authentication.Rejected.class);
        assertThat(login("ann", "battery staple")).isInstanceOf(Authentication.Accepted.class);
        users.remove("ann");
        assertThat(login("ann", "battery staple")).isInstanceOf(Authentication.Rejected.class);
    }

    @Test
    void hostileInputA106APasswordThatIsTooLongHasANulOrIsNoUtf8IsRejectedWithoutAHash() {
        for (var bad : List.of(new byte[0], new byte[10_000_000], new byte[] {'a', 0}, new byte[] {(byte) 0xc3})) {
            assertThat(logins.authenticate("ann", bad, "s" + bad.length)).isInstanceOf(Authentication.Rejected.class);
        }
        assertThat(lookups).hasValue(0);
    }

    @Test
    void aUserNameOfAnyLengthIsBounded() {
        assertThat(login("x".repeat(1_000_000), "p")).isInstanceOf(Authentication.Rejected.class);
        assertThat(((AuditEvent.LoginFailed) audit.getFirst()).user()).hasSize(256);
    }

    @Test
    void hostileInputA106UnicodeVariantsOfAPasswordAreTheSame() {
        users.put("ann", user("ann", PasswordHash.of(bytes("Caf\u00e9 \u00e5"))));
        assertThat(login("ann", "Cafe\u0301\u00a0A\u030a".replace("A\u030a", "a\u030a")))
                .isInstanceOf(Authentication.Accepted.class);
    }

    @Test
    void aUserWhoseHashCannotBeCheckedIsRejectedAndNothingIsComputedForIt() {
        for (var stored : List.of(
                "$0$correct horse",
                "$1$salt$qJH7.N4xYta3aEG/dfqo/0",
                "$6$rounds=999999999$abc$" + "a".repeat(86),
                "!",
                "correct horse")) {
            users.put("eve", user("eve", new Secret(stored)));
            assertThat(logins.authenticate("eve", bytes("correct horse"), "s" + stored))
                    .isInstanceOf(Authentication.Rejected.class);
        }
    }

    @Test
    void hashesOfOtherToolsAreUnderstood() {
        // Made by: openssl passwd -6 -salt saltstring 'Hello world!', and with -5
        users.put(
                "six",
                user(
                        "six",
                        new Secret(
                                "$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1")));
        users.put("five", user("five", new Secret("$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5")));
        assertThat(login("six", "Hello world!")).isInstanceOf(Authentication.Accepted.class);
        assertThat(login("five", "Hello world!")).isInstanceOf(Authentication.Accepted.class);
    }

    @Test
    void clearTextIsHashedBeforeItIsStored() {
        var stored = PasswordHash.stored(new Secret("$0$correct horse"));
        assertThat(stored.reveal()).startsWith("$6$").doesNotContain("horse");
        users.put("ann", user("ann", stored));
        assertThat(login("ann", "correct horse")).isInstanceOf(Authentication.Accepted.class);
        assertThat(PasswordHash.stored(stored)).isSameAs(stored);
    }

    @Test
    void secretsAreNotPrinted() {
        assertThat(user("ann", HASH).toString()).contains("***").doesNotContain("$6$");
        assertThat(new InitialPassword("admin", java.nio.file.Path.of("f"), HASH).toString())
                .doesNotContain("$6$");
    }

    @Test
    void hostileInputA105ManyChecksAtOnceAreBoundedAndTheRestIsToldToComeBack() throws Exception {
        var gate = new PasswordGate(2, 32, Duration.ofSeconds(30));
        var release = new CountDownLatch(1);
        var busy = new AtomicInteger();
        var done = new AtomicInteger();
        var atOnce = new AtomicInteger();
        var most = new AtomicInteger();
        try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < 500; i++) {
                tasks.submit(() -> {
                    var passed = gate.pass(() -> {
                        most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                        await(release);
                        atOnce.decrementAndGet();
                        return 1;
                    });
                    (passed.isPresent() ? done : busy).incrementAndGet();
                });
            }
            org.awaitility.Awaitility.await()
                    .untilAsserted(() -> assertThat(busy).hasValue(500 - 34));
            release.countDown();
        }
        assertThat(done).hasValue(34);
        assertThat(most).hasValueLessThanOrEqualTo(2);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void hostileInputA105WhoWaitsTooLongForATurnIsBusy() throws Exception {
        var gate = new PasswordGate(1, 4, Duration.ofMillis(20));
        var entered = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            tasks.submit(() -> gate.pass(() -> {
                entered.countDown();
                await(release);
                return 1;
            }));
            entered.await();
            assertThat(gate.pass(() -> 2)).isEmpty();
            assertThat(gate.waiting()).isZero();
            release.countDown();
        }
    }

    @Test
    void manyLoginsWithTheRightPasswordAtOnceAllSucceed() throws Exception {
        try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = tasks.invokeAll(java.util.Collections.nCopies(30, () -> login("ann", "correct horse")));
            for (var one : all) {
                assertThat(one.get()).isInstanceOf(Authentication.Accepted.class);
            }
        }
    }

    @Test
    void aKeyOfTheUserIsAcceptedAndNoOther() {
        users.put("ann", new User("ann", null, Set.of("ops"), Set.of(new Binary(new byte[] {1, 2}))));
        assertThat(logins.authenticateKey("ann", new byte[] {1, 2}, SOURCE))
                .isEqualTo(new Authentication.Accepted(new Principal("ann", Set.of("ops"), SOURCE)));
        assertThat(logins.authenticateKey("ann", new byte[] {1, 3}, SOURCE))
                .isInstanceOf(Authentication.Rejected.class);
        assertThat(logins.authenticateKey("bob", new byte[] {1, 2}, SOURCE))
                .isInstanceOf(Authentication.Rejected.class);
        assertThat(login("ann", "")).isInstanceOf(Authentication.Rejected.class);
    }

    @Test
    void aKeyThatIsShownIsNoFailureUntilThePeerGivesUp() {
        logins.authenticateKey("ann", new byte[] {1, 2}, SOURCE);
        assertThat(audit).isEmpty();
        logins.refusedKeys("ann", List.of(new byte[] {1, 2}), SOURCE);
        assertThat(audit)
                .containsExactly(new AuditEvent.LoginFailed(
                        "ann", SOURCE, "not a key of this user: SHA256:oShx/uIQ+4YZKR6uoZRYHL0lMeSyN1nSJfaAaSP2MiI"));
    }

    @Test
    void aLoginByKeyIsNotedOnceTheKeyIsProven() {
        users.put("ann", new User("ann", null, Set.of("ops"), Set.of(new Binary(new byte[] {1, 2}))));
        logins.authenticateKey("ann", new byte[] {1, 2}, SOURCE);
        assertThat(audit).isEmpty();
        logins.provedKey("ann", new byte[] {1, 2}, SOURCE);
        assertThat(audit)
                .containsExactly(new AuditEvent.LoggedIn(
                        "ann", SOURCE, "public key SHA256:oShx/uIQ+4YZKR6uoZRYHL0lMeSyN1nSJfaAaSP2MiI"));
    }
}
