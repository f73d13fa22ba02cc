package io.auspex.access;

import static io.auspex.access.Model.nacm;
import static io.auspex.access.Model.path;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rules that are asked for by more sets of groups than are kept (RFC 8341 §2.1). */
class GroupSetsTest {
    private static final String VAULT_FOR_G = """
            'rule-list':[{'name':'l','group':['g'],'rule':[
              {'name':'r','path':'/acme:vault','access-operations':'read','action':'permit'}]}]""";
    private static final Principal ANN = of("ann", "g");

    private static Principal of(String user, String group) {
        return new Principal(user, Set.of(group), "test 127.0.0.1:1");
    }

    private static void othersAsk(Nacm rules) {
        for (var i = 0; i < 1_000; i++) {
            rules.forPrincipal(of("u" + i, "g" + i));
        }
    }

    @Test
    void howeverManyOthersAskTheSameIsDecided() {
        var rules = nacm("{" + VAULT_FOR_G + "}");
        othersAsk(rules);
        var first = rules.forPrincipal(ANN);
        othersAsk(rules);
        var again = rules.forPrincipal(ANN);
        assertThat(again.isAs(first)).isTrue();
        assertThat(again.permits(Access.READ, path("/acme:vault/pin"))).isTrue();
        assertThat(rules.forPrincipal(of("u1", "g1")).permits(Access.READ, path("/acme:vault/pin")))
                .isFalse();
    }

    @Test
    void onlyRulesThatDecideOtherwiseAreOthers() {
        var before = nacm("{" + VAULT_FOR_G + "}").forPrincipal(ANN);
        var sameForAnn = nacm("{'groups':{'group':[{'name':'h','user-name':['bob']}]}," + VAULT_FOR_G + "}");
        assertThat(sameForAnn.forPrincipal(ANN).isAs(before)).isTrue();
        assertThat(nacm("{'read-default':'deny'," + VAULT_FOR_G + "}")
                        .forPrincipal(ANN)
                        .isAs(before))
                .isFalse();
        assertThat(nacm("{" + VAULT_FOR_G.replace("'permit'", "'deny'") + "}")
                        .forPrincipal(ANN)
                        .isAs(before))
                .isFalse();
        assertThat(Nacm.disabled().forPrincipal(ANN).isAs(before)).isFalse();
    }
}
