package io.auspex.access;

import static io.auspex.access.Model.MODEL;
import static io.auspex.access.Model.json;
import static io.auspex.access.Model.nacm;
import static io.auspex.access.Model.path;
import static io.auspex.access.Model.root;
import static io.auspex.access.Model.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.yang.data.InnerNode;
import io.auspex.yang.data.LeafListNode;
import io.auspex.yang.data.Trees;
import io.auspex.yang.xpath.XPath;
import io.auspex.yang.xpath.XPathBudget;
import io.auspex.yang.xpath.XPathNames;
import io.auspex.yang.xpath.XPathNode;
import io.auspex.yang.xpath.XPathValue;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must not be read is not there (RFC 8341 §3.2.4; hostile input A70, A113, A115). */
class ReadableTest {
    private static final String DATA = """
            {'acme:interfaces':{'interface':[
               {'name':'dummy','mtu':1500,'peer':['a','b'],'secret':'s1'},
               {'name':'eth0','mtu':9000,'secret':'s2'}]},
             'acme:vault':{'pin':'1234'},
             'acme:clock':{'zone':'UTC'}}""";

    private static String seen(String nacm, String user) {
        return json(nacm(nacm).forPrincipal(user(user)).readable(root(DATA)));
    }

    private static String rules(String rules) {
        return "{'groups':{'group':[{'name':'g','user-name':['u']}]},'rule-list':[{'name':'l','group':['g'],'rule':["
                + rules + "]}]}";
    }

    @Test
    void hostileInputA113NodesThatDenyAllByDefaultAreHiddenFromWhomNoRulePermitsThem() {
        assertThat(seen("{}", "u"))
                .isEqualTo("{'acme:interfaces':{'interface':["
                        + "{'name':'dummy','mtu':1500,'peer':['a','b']},{'name':'eth0','mtu':9000}]},"
                        + "'acme:clock':{'zone':'UTC'}}");
    }

    @Test
    void hostileInputA115TheExtensionIsIgnoredWhenAccessControlIsOff() {
        assertThat(seen("{'enable-nacm':false}", "u")).contains("'pin':'1234'").contains("'secret':'s1'");
    }

    @Test
    void hostileInputA115TheRecoverySessionSeesAll() {
        var recovery = new Principal("u", Set.of(), "test [::1]:1", true);
        var rules = nacm("{'read-default':'deny','write-default':'deny','exec-default':'deny'}");
        assertThat(rules.forPrincipal(recovery).permitsAll()).isTrue();
    }

    @Test
    void hostileInputA115ARuleWithAKeyHidesThatEntryAlone() {
        var seen = seen(
                rules("{'name':'r','path':'/acme:interfaces/acme:interface[acme:name=~eth0~]','action':'deny'}"), "u");
        assertThat(seen).contains("dummy").doesNotContain("eth0").doesNotContain("9000");
    }

    @Test
    void hostileInputA113AHiddenEntryIsNotFoundByKeyEither() {
        var view = nacm(rules(
                        "{'name':'r','path':'/acme:interfaces/acme:interface[acme:name=~eth0~]','action':'deny'}"))
                .forPrincipal(user("u"))
                .readable(root(DATA));
        assertThat(Trees.find(view, path("/acme:interfaces/interface[name='eth0']")))
                .isEmpty();
        assertThat(Trees.find(view, path("/acme:interfaces/interface[name='dummy']/secret")))
                .isEmpty();
        assertThat(Trees.find(view, path("/acme:interfaces/interface[name='dummy']/mtu")))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/acme:interfaces/interface[secret='s1']",
                "/acme:interfaces/interface[starts-with(secret, 's')]",
                "/acme:interfaces[.//secret]",
                "//*[. = '1234']",
                "/acme:vault[pin = '1234']",
                "/acme:clock[../acme:vault/pin]",
                "/acme:interfaces[count(interface/*) > 6]"
            })
    void hostileInputA70AFilterIsNoOracleOnWhatIsHidden(String filter) throws Exception {
        var expression = XPath.compile(filter, XPathNames.moduleNames(MODEL));
        var all = expression.evaluate(XPathNode.root(root(DATA)), XPathBudget.standard());
        assertThat(((XPathValue.NodeSet) all).nodes()).isNotEmpty();
        var seen = expression.evaluate(
                XPathNode.root(nacm("{}").forPrincipal(user("u")).readable(root(DATA))), XPathBudget.standard());
        assertThat(((XPathValue.NodeSet) seen).nodes()).isEmpty();
    }

    @Test
    void aListOfWhichAllEntriesAreHiddenIsNotThere() {
        var view = nacm(rules("{'name':'r','path':'/acme:interfaces/interface','action':'deny'}"))
                .forPrincipal(user("u"))
                .readable(root(DATA));
        var interfaces = (InnerNode) Trees.find(view, path("/acme:interfaces")).orElseThrow();
        assertThat(interfaces.children()).isEmpty();
        assertThat(json(view)).contains("'acme:interfaces':{}");
    }

    @Test
    void theKeysOfAVisibleEntryStayVisible() {
        var seen = seen(
                rules("{'name':'p','path':'/acme:interfaces/interface/mtu','action':'permit'},"
                        + "{'name':'n','path':'/acme:interfaces/interface/name','action':'deny'}"),
                "u");
        assertThat(seen).contains("{'name':'eth0','mtu':9000}");
    }

    @Test
    void aValueOfALeafListIsHiddenByItsPath() {
        var view = nacm(rules("{'name':'r','path':'/acme:interfaces/interface/peer[.=~a~]','action':'deny'}"))
                .forPrincipal(user("u"))
                .readable(root(DATA));
        var peers = (LeafListNode) Trees.find(view, path("/acme:interfaces/interface[name='dummy']/peer"))
                .orElseThrow();
        assertThat(peers).containsExactly("b");
        assertThat(peers.contains("a")).isFalse();
    }

    @Test
    void theUserVariableStandsForTheNameOfTheUser() {
        var data = root("{'acme:owner':{'record':[{'user':'u','note':'mine'},{'user':'v','note':'other'}]}}");
        var rules = nacm(rules("{'name':'own','path':'/acme:owner/record[user=$USER]','action':'permit'},"
                + "{'name':'none','path':'/acme:owner/record','action':'deny'}"));
        assertThat(json(rules.forPrincipal(user("u")).readable(data)))
                .isEqualTo("{'acme:owner':{'record':[{'user':'u','note':'mine'}]}}");
    }

    @Test
    void aListAskedForAsAWholeShowsTheEntriesThatMayBeRead() {
        var rules = nacm(rules("{'name':'own','path':'/acme:interfaces/interface[name=~eth0~]','action':'permit'},"
                + "{'name':'none','path':'/acme:interfaces/interface','action':'deny'}"));
        var list = path("/acme:interfaces/interface");
        var node = Trees.find(root(DATA), list).orElseThrow();
        var seen = rules.forPrincipal(user("u")).readable(list, node).orElseThrow();
        assertThat(json(seen)).contains("eth0").doesNotContain("dummy");
    }

    @Test
    void whatMayAllBeReadIsGivenAsItIs() {
        var root = root(DATA);
        var view = nacm("{}").forPrincipal(user("u")).readable(root);
        var clock = path("/acme:clock").schema();
        assertThat(view.child(clock)).isSameAs(root.child(clock));
    }

    @Test
    void nobodyBoundSeesNothing() {
        assertThat(json(Decisions.nothing().readable(root(DATA)))).isEqualTo("{}");
    }

    @Nested
    class Groups {
        private static final String DENY = "{'name':'r','path':'/acme:clock','action':'deny'}";

        @Test
        void aRuleForEveryGroupIsNotForOneWithoutGroup() {
            var all =
                    "{'groups':{'group':[{'name':'g','user-name':['u']}]},'rule-list':[{'name':'l','group':['*'],'rule':["
                            + DENY + "]}]}";
            assertThat(seen(all, "u")).doesNotContain("UTC");
            assertThat(seen(all, "nobody")).contains("UTC");
        }

        @Test
        void externalGroupsCountUnlessSwitchedOff() {
            var principal = new Principal("x", Set.of("g"), "test 127.0.0.1:1");
            var clock = path("/acme:clock/zone");
            assertThat(nacm(rules(DENY)).forPrincipal(principal).mayRead(clock)).isFalse();
            var off = rules(DENY).replaceFirst("\\{", "{'enable-external-groups':false,");
            assertThat(nacm(off).forPrincipal(principal).mayRead(clock)).isTrue();
        }
    }

    @Nested
    class Extensions {
        @Test
        void holdOnAugmentedNodesAndOnNodesOfGroupings() {
            for (var name : new String[] {"/acme:interfaces/interface/secret", "/acme:owner/record/hush"}) {
                assertThat(path(name).schema().extensions())
                        .containsExactly("urn:ietf:params:xml:ns:yang:ietf-netconf-acm#default-deny-all");
            }
        }

        @Test
        void standardNodesHaveThem() {
            var none = nacm("{'write-default':'permit'}").forPrincipal(user("u"));
            assertThat(none.mayRead(path("/ietf-netconf-acm:nacm"))).isFalse();
            assertThat(none.permits(Access.UPDATE, path("/ietf-system:system/authentication/user")))
                    .isFalse();
            assertThat(none.permits(Access.UPDATE, path("/acme:interfaces/interface/mtu")))
                    .isTrue();
            assertThat(none.mayInvoke(
                            MODEL.rpc("ietf-subscribed-notifications", "kill-subscription")
                                    .orElseThrow(),
                            null))
                    .isFalse();
        }
    }
}
