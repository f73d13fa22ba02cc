package io.auspex.access;

import static io.auspex.access.Model.MODEL;
import static io.auspex.access.Model.nacm;
import static io.auspex.access.Model.path;
import static io.auspex.access.Model.root;
import static io.auspex.access.Model.rpc;
import static io.auspex.access.Model.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.yang.data.TreeNode;
import io.auspex.yang.error.ErrorTag;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every node that an edit alters takes permission (RFC 8341 §3.2.5; hostile input A114, A116). */
class WriteTest {
    private static final String TWO = "{'acme:interfaces':{'interface':["
            + "{'name':'a','mtu':1500,'peer':['x','y'],'secret':'s'},{'name':'b'}]}}";
    private static final String DENY_MTU = rules(
            "{'name':'d','path':'/acme:interfaces/interface/mtu','access-operations':'delete update','action':'deny'},"
                    + "{'name':'p','path':'/acme:interfaces','action':'permit'}");

    private static String rules(String rules) {
        return "{'groups':{'group':[{'name':'g','user-name':['u']}]},'rule-list':[{'name':'l','group':['g'],'rule':["
                + rules + "]}]}";
    }

    private static String refusal(String nacm, String before, String after) {
        TreeNode from = root(before);
        TreeNode to = root(after);
        return nacm(nacm)
                .forPrincipal(user("u"))
                .firstRefusal(List.of(new Write(DataPath.root(MODEL.root()), from, to)))
                .map(r -> r.access() + " " + r.path())
                .orElse("permitted");
    }

    @Test
    void hostileInputA114DeletingAParentTakesPermissionToDeleteWhatIsBelow() {
        assertThat(refusal(DENY_MTU, TWO, "{}")).isEqualTo("delete /acme:interfaces/interface[name='a']/mtu");
    }

    @Test
    void hostileInputA114ReplacingAParentTakesPermissionForWhatGoesMissing() {
        var replaced = "{'acme:interfaces':{'interface':[{'name':'a','peer':['x','y'],'secret':'s'},{'name':'b'}]}}";
        assertThat(refusal(DENY_MTU, TWO, replaced)).isEqualTo("delete /acme:interfaces/interface[name='a']/mtu");
    }

    @Test
    void deletingASiblingThatHasNoDeniedNodeIsPermitted() {
        var without = TWO.replace(",{'name':'b'}", "");
        assertThat(refusal(DENY_MTU, TWO, without)).isEqualTo("permitted");
    }

    @Test
    void creatingTakesOtherPermissionThanUpdating() {
        assertThat(refusal(DENY_MTU, TWO, TWO.replace("{'name':'b'}", "{'name':'b','mtu':70}")))
                .isEqualTo("permitted");
        assertThat(refusal(DENY_MTU, TWO, TWO.replace("1500", "1600")))
                .isEqualTo("update /acme:interfaces/interface[name='a']/mtu");
    }

    @Test
    void whatDoesNotChangeTakesNoPermission() {
        assertThat(refusal("{}", TWO, TWO)).isEqualTo("permitted");
    }

    @Test
    void hostileInputA114MovingTakesPermissionToUpdate() {
        var moved = TWO.replace("['x','y']", "['y','x']");
        var denied = rules(
                "{'name':'d','path':'/acme:interfaces/interface/peer','access-operations':'update','action':'deny'},"
                        + "{'name':'p','path':'/acme:interfaces','action':'permit'}");
        assertThat(refusal(denied, TWO, moved)).startsWith("update /acme:interfaces/interface[name='a']/peer");
    }

    @Test
    void aRefusalDoesNotNameANodeThatMustNotBeRead() {
        var denied = rules("{'name':'d','path':'/acme:interfaces/interface/secret','action':'deny'},"
                + "{'name':'p','path':'/acme:interfaces','action':'permit'}");
        assertThat(refusal(denied, TWO, "{}")).isEqualTo("delete /acme:interfaces/interface[name='a']");
    }

    @Test
    void aContainerThatIsThereOnlyForItsContentTakesNoPermission() {
        var rules = rules("{'name':'p','path':'/acme:acme-netconf/config-parameters/timeout','action':'permit'}");
        assertThat(refusal(rules, "{}", "{'acme:acme-netconf':{'config-parameters':{'timeout':1}}}"))
                .isEqualTo("permitted");
    }

    @Test
    void nodesThatDenyWritesByDefaultTakeARule() {
        var open = "{'write-default':'permit'}";
        assertThat(refusal(open, "{}", "{'acme:acme-netconf':{'config-parameters':{'timeout':1}}}"))
                .isEqualTo("permitted");
        assertThat(refusal(open, "{}", "{'acme:clock':{'zone':'UTC'}}")).isEqualTo("create /acme:clock/zone");
        assertThat(refusal(open, "{}", "{'acme:interfaces':{'interface':[{'name':'a','tuning':{'gain':1}}]}}"))
                .isEqualTo("create /acme:interfaces/interface[name='a']/tuning/gain");
    }

    @Test
    void hostileInputA114WhatIsDeniedIsCountedAndAuditedAndTheRulesOfTheMomentApply() {
        var audit = new ArrayList<AuditEvent>();
        var control = new AccessControl(nacm("{}"), audit::add);
        var edit = List.of(new Write(
                path("/acme:clock/zone"),
                null,
                root("{'acme:clock':{'zone':'UTC'}}")
                        .inner("clock")
                        .orElseThrow()
                        .children()
                        .iterator()
                        .next()));
        ScopedValue.where(Principal.CURRENT, user("u")).run(() -> {
            assertThatThrownBy(() -> control.checkWrites(edit))
                    .isInstanceOfSatisfying(
                            YangException.class,
                            e -> assertThat(e.first().tag()).isEqualTo(ErrorTag.ACCESS_DENIED))
                    .hasMessage("user 'u' has no create access to /acme:clock/zone");
            assertThat(control.deniedDataWrites()).isEqualTo(1);
            assertThat(audit).containsExactly(new AuditEvent.Denied(user("u"), Access.CREATE, "/acme:clock/zone"));
            control.rules(nacm(rules("{'name':'p','path':'/','action':'permit'}")));
            assertThat(control.current().firstRefusal(edit)).isEmpty();
            assertThatThrownBy(() -> control.checkInvoke(rpc("acme", "self-destruct"), null))
                    .hasMessage("user 'u' has no exec access to acme:self-destruct");
            assertThat(control.deniedOperations()).isEqualTo(1);
        });
        assertThatThrownBy(() -> control.checkWrites(edit)).hasMessageContaining("user 'nobody'");
    }

    @Test
    void someOperationsAreDeniedUnlessARulePermitsThem() {
        var plain = nacm("{}").forPrincipal(user("u"));
        assertThat(plain.mayInvoke(rpc("ietf-netconf", "kill-session"), null)).isFalse();
        assertThat(plain.mayInvoke(rpc("ietf-netconf", "get"), null)).isTrue();
        var closed = nacm("{'exec-default':'deny'}").forPrincipal(user("u"));
        assertThat(closed.mayInvoke(rpc("ietf-netconf", "get"), null)).isFalse();
        assertThat(closed.mayInvoke(rpc("ietf-netconf", "close-session"), null)).isTrue();
    }

    @Test
    void anActionTakesExecOnItselfAndReadOnAllAbove() {
        var target = path("/acme:interfaces/interface[name='a']");
        var reset = target.schema().operations().getFirst();
        var flapped = target.schema().notifications().getFirst();
        assertThat(nacm("{}").forPrincipal(user("u")).mayInvoke(reset, target)).isTrue();
        var hidden = nacm(rules("{'name':'d','path':'/acme:interfaces','access-operations':'read','action':'deny'}"))
                .forPrincipal(user("u"));
        assertThat(hidden.mayInvoke(reset, target)).isFalse();
        assertThat(hidden.mayReceive(flapped, target)).isFalse();
        var notThis = nacm(rules("{'name':'d','path':'/acme:interfaces/interface[name=~a~]/reset','action':'deny'},"
                        + "{'name':'n','path':'/acme:interfaces/interface[name=~a~]/flapped','action':'deny'}"))
                .forPrincipal(user("u"));
        assertThat(notThis.mayInvoke(reset, target)).isFalse();
        assertThat(notThis.mayInvoke(reset, path("/acme:interfaces/interface[name='b']")))
                .isTrue();
        assertThat(notThis.mayReceive(flapped, target)).isFalse();
        assertThat(notThis.mayReceive(flapped, path("/acme:interfaces/interface[name='b']")))
                .isTrue();
    }

    @Test
    void aRuleWithAPathThatCannotBeReadIsNamedAndMatchesNothing() {
        var rules = nacm(rules("{'name':'typo','path':'/acme:interfaces/interfce','action':'permit'},"
                + "{'name':'cut','path':'/acme:interfaces/interface[name=~a~','action':'permit'}"));
        assertThat(rules.problems())
                .containsExactly(
                        "rule-list 'l' rule 'typo': path '/acme:interfaces/interfce': no node 'interfce' in /acme:interfaces at character 26",
                        "rule-list 'l' rule 'cut': path '/acme:interfaces/interface[name='a'': ']' expected at character 36");
        assertThat(rules.forPrincipal(user("u")).permits(Access.UPDATE, path("/acme:interfaces/interface")))
                .isFalse();
    }
}
