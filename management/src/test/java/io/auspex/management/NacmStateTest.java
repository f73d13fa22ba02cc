package io.auspex.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.access.AccessControl;
import io.auspex.access.Nacm;
import io.auspex.access.Principal;
import io.auspex.access.Write;
import io.auspex.yang.InputLimits;
import io.auspex.yang.codec.JsonReader;
import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.NodeBuilder;
import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModelLoader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The counters of RFC 8341 §3.3.2. */
class NacmStateTest {
    private static final ModelContext MODEL = ModelLoader.loadOnly(
            Set.of("ietf-netconf-acm", "ietf-netconf", "ietf-interfaces", "ietf-netconf-notifications"));
    private static final Principal GUEST = new Principal("guest", Set.of(), "test");

    private final AccessControl access = new AccessControl(rules(), _ -> {});
    private final NacmState state = new NacmState(MODEL, access);

    private static Nacm rules() {
        var deny =
                "{\"ietf-netconf-acm:nacm\":{\"exec-default\":\"deny\",\"groups\":{\"group\":[{\"name\":\"g\",\"user-name\":[\"guest\"]}]},"
                        + "\"rule-list\":[{\"name\":\"l\",\"group\":[\"g\"],\"rule\":[{\"name\":\"r\",\"notification-name\":\"*\",\"action\":\"deny\"}]}]}}";
        try {
            return Nacm.of(
                    MODEL, new JsonReader(MODEL, InputLimits.DEFAULT).readRoot(deny.getBytes(StandardCharsets.UTF_8)));
        } catch (YangException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    private List<Object> counters() {
        var nacm = (InnerNode)
                state.state(TreeNode.empty(MODEL.root())).inner("nacm").orElseThrow();
        return List.of(
                nacm.value("denied-operations").orElseThrow(),
                nacm.value("denied-data-writes").orElseThrow(),
                nacm.value("denied-notifications").orElseThrow());
    }

    @Test
    void eachDenialIsCountedInTheCounterOfItsKind() {
        assertThat(counters()).containsExactly(0L, 0L, 0L);
        ScopedValue.where(Principal.CURRENT, GUEST).run(() -> {
            var get = MODEL.rpc("ietf-netconf", "get-config").orElseThrow();
            assertThatThrownBy(() -> access.checkInvoke(get, null)).isInstanceOf(YangException.class);
            assertThatThrownBy(() -> access.checkInvoke(get, null)).isInstanceOf(YangException.class);
            assertThat(counters()).containsExactly(2L, 0L, 0L);
            var root = DataPath.root(MODEL.root());
            var written = NodeBuilder.node(
                    MODEL.root(),
                    r -> r.container(
                            "ietf-interfaces:interfaces", i -> i.entry("interface", e -> e.leaf("name", "a"))));
            var none = TreeNode.empty(MODEL.root());
            assertThatThrownBy(() -> access.checkWrites(List.of(new Write(root, none, written))))
                    .isInstanceOf(YangException.class);
            assertThatThrownBy(() -> access.checkWrites(List.of(new Write(root, written, none))))
                    .isInstanceOf(YangException.class);
            assertThat(counters()).containsExactly(2L, 2L, 0L);
        });
        assertThat(access.mayReceive(
                        GUEST,
                        MODEL.notification("ietf-netconf-notifications", "netconf-config-change")
                                .orElseThrow(),
                        null))
                .isFalse();
        assertThat(counters()).containsExactly(2L, 2L, 1L);
    }

    @Test
    void whatIsPermittedIsNotCounted() throws Exception {
        var close = MODEL.rpc("ietf-netconf", "close-session").orElseThrow();
        ScopedValue.where(Principal.CURRENT, GUEST).<Boolean, YangException>call(() -> {
            access.checkInvoke(close, null);
            return true;
        });
        assertThat(counters()).containsExactly(0L, 0L, 0L);
    }

    @Test
    void theStateIsServedBelowNacmFromMemory() {
        assertThat(state.roots())
                .containsExactly(MODEL.root().child("ietf-netconf-acm", "nacm").orElseThrow());
        assertThat(state.inMemory()).isTrue();
    }
}
