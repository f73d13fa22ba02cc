package io.auspex.access;

import static io.auspex.access.Model.MODEL;
import static io.auspex.access.Model.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.access.NaiveNacm.NaiveGroup;
import io.auspex.access.NaiveNacm.NaiveList;
import io.auspex.access.NaiveNacm.NaiveRule;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.SchemaNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Decisions equal those of the naive evaluator on random rules, data and operations. */
class NacmReferenceTest {
    /** Times {@value #QUESTIONS}: how many triples are compared; {@code -Dauspex.nacm.rules=2000} makes a million. */
    private static final int RULE_SETS = Integer.getInteger("auspex.nacm.rules", 400);

    private static final int QUESTIONS = 500;
    private static final List<String> USERS = List.of("ann", "bob", "eve");
    private static final List<String> GROUPS = List.of("g1", "g2", "g3");
    private static final List<String> MODULES = List.of("*", "*", "acme", "ietf-netconf", "ietf-system");
    private static final List<String> RPCS = List.of("*", "hello", "self-destruct", "kill-session", "get");
    private static final List<String> EVENTS = List.of("*", "leak", "sys-config-change");
    private static final List<String> RULE_PATHS = List.of(
            "/",
            "/acme:interfaces",
            "/acme:interfaces/acme:interface",
            "/acme:interfaces/acme:interface[acme:name='ann']",
            "/acme:interfaces/acme:interface[acme:name=$USER]",
            "/acme:interfaces/acme:interface[acme:name='b']/acme:mtu",
            "/acme:interfaces/acme:interface/acme:secret",
            "/acme:interfaces/acme:interface/acme:reset",
            "/acme:interfaces/acme:interface[acme:name='ann']/acme:flapped",
            "/acme:interfaces/acme:interface/acme:peer[.='p']",
            "/acme:vault",
            "/acme:vault/acme:item[acme:id='1']/acme:what",
            "/acme:clock/acme:zone",
            "/ietf-netconf-acm:nacm",
            "/ietf-system:system/ietf-system:authentication");
    private static final List<DataPath> PATHS = Stream.of(
                    "/acme:interfaces",
                    "/acme:interfaces/interface",
                    "/acme:interfaces/interface[name='ann']",
                    "/acme:interfaces/interface[name='b']",
                    "/acme:interfaces/interface[name='b']/mtu",
                    "/acme:interfaces/interface[name='ann']/secret",
                    "/acme:interfaces/interface[name='ann']/tuning/gain",
                    "/acme:interfaces/interface[name='b']/peer[.='p']",
                    "/acme:interfaces/interface[name='b']/peer[.='q']",
                    "/acme:interfaces/interface[name='eve']/stats/in",
                    "/acme:vault/pin",
                    "/acme:vault/item[id='1']/what",
                    "/acme:vault/item[id='2']/what",
                    "/acme:clock/zone",
                    "/acme:acme-netconf/config-parameters/timeout",
                    "/ietf-netconf-acm:nacm/enable-nacm",
                    "/ietf-system:system/authentication/user[name='ann']/password",
                    "/ietf-system:system/hostname")
            .map(Model::path)
            .toList();

    private static final List<SchemaNode> OPERATIONS = List.of(
            Model.rpc("acme", "hello"),
            Model.rpc("acme", "self-destruct"),
            Model.rpc("ietf-netconf", "get"),
            Model.rpc("ietf-netconf", "kill-session"),
            Model.rpc("ietf-netconf", "close-session"));

    private final Random random = new Random(8341);

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private List<String> some(List<String> all) {
        var some = new ArrayList<>(all);
        some.removeIf(x -> random.nextBoolean());
        return some;
    }

    private NaiveRule rule() {
        var permit = random.nextBoolean();
        var accesses = random.nextInt(3) == 0
                ? "*"
                : String.join(" ", some(List.of("create", "read", "update", "delete", "exec")));
        return switch (random.nextInt(6)) {
            case 0 -> new NaiveRule(any(MODULES), "rpc-name", any(RPCS), accesses, permit);
            case 1 -> new NaiveRule(any(MODULES), "notification-name", any(EVENTS), accesses, permit);
            case 2 -> new NaiveRule(any(MODULES), null, "", accesses, permit);
            default -> new NaiveRule(any(MODULES), "path", any(RULE_PATHS), accesses, permit);
        };
    }

    private NaiveNacm rules() {
        var groups = GROUPS.stream().map(g -> new NaiveGroup(g, some(USERS))).toList();
        var lists = new ArrayList<NaiveList>();
        for (var i = random.nextInt(4); i > 0; i--) {
            var rules = new ArrayList<NaiveRule>();
            for (var j = random.nextInt(6); j > 0; j--) {
                rules.add(rule());
            }
            lists.add(new NaiveList(random.nextInt(4) == 0 ? List.of("*") : some(GROUPS), rules));
        }
        return new NaiveNacm(
                random.nextInt(10) > 0,
                random.nextBoolean(),
                List.of(random.nextBoolean(), random.nextBoolean(), random.nextBoolean()),
                groups,
                lists);
    }

    @Test
    void decisionsEqualTheStepsOfTheStandard() {
        var denied = 0;
        for (var i = 0; i < RULE_SETS; i++) {
            var naive = rules();
            var compiled = Model.nacm(naive.json());
            assertThat(compiled.problems()).isEmpty();
            for (var j = 0; j < QUESTIONS; j++) {
                denied += ask(naive, compiled) ? 0 : 1;
            }
        }
        assertThat((double) denied / RULE_SETS / QUESTIONS).isBetween(0.2, 0.8);
    }

    private boolean ask(NaiveNacm naive, Nacm compiled) {
        var who =
                new Principal(any(USERS), random.nextBoolean() ? Set.of() : Set.of("g2"), "x", random.nextInt(50) == 0);
        var decisions = compiled.forPrincipal(who);
        return switch (random.nextInt(5)) {
            case 0 -> {
                var rpc = any(OPERATIONS);
                yield check(naive, who, decisions.mayInvoke(rpc, null), Access.EXEC, rpc, null);
            }
            case 1 -> {
                var event = Model.notification(random.nextBoolean() ? "leak" : "sys-config-change");
                yield check(naive, who, decisions.mayReceive(event, null), Access.READ, event, null);
            }
            case 2 -> {
                var target = path("/acme:interfaces/interface[name='" + any(List.of("ann", "b")) + "']");
                var action = target.schema().operations().getFirst();
                var may = decisions.mayInvoke(action, target);
                var naively =
                        naiveRead(naive, who, target) && naive.permits(who, Access.EXEC, action, target.child(action));
                assertThat(may).as("%s %s %s", who, target, naive).isEqualTo(naively);
                yield may;
            }
            default -> {
                var path = any(PATHS);
                var access = any(List.of(Access.values()));
                yield check(naive, who, decisions.permits(access, path), access, path.schema(), path);
            }
        };
    }

    private static boolean naiveRead(NaiveNacm naive, Principal who, DataPath path) {
        return path.steps().stream().allMatch(s -> naive.permits(who, Access.READ, s.schema(), s));
    }

    private static boolean check(
            NaiveNacm naive, Principal who, boolean may, Access access, SchemaNode node, @Nullable DataPath path) {
        assertThat(may)
                .as("%s %s %s %s", who, access, path == null ? node : path, naive)
                .isEqualTo(naive.permits(who, access, node, path));
        return may;
    }

    @Test
    void theFirstConfigurationLetsAdministratorsDoAllAndOthersWhatTheStandardGives() {
        var hash = PasswordHash.of("secret".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        var root = io.auspex.yang.data.TreeNode.of(
                MODEL.root(),
                FirstConfiguration.of(MODEL, java.util.Map.of("admin", hash, "guest", hash), Set.of("admin")));
        var rules = Nacm.of(MODEL, root);
        assertThat(rules.forPrincipal(Model.user("admin")).permitsAll()).isTrue();
        var guest = rules.forPrincipal(Model.user("guest"));
        assertThat(guest.permits(Access.READ, path("/acme:clock"))).isTrue();
        assertThat(guest.permits(Access.UPDATE, path("/acme:clock"))).isFalse();
        assertThat(new RunningUsers(MODEL, () -> root)
                        .user("guest")
                        .orElseThrow()
                        .passwordHash())
                .isEqualTo(hash);
    }
}
