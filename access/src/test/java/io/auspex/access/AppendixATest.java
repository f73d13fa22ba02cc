package io.auspex.access;

import static io.auspex.access.Model.notification;
import static io.auspex.access.Model.path;
import static io.auspex.access.Model.rpc;
import static io.auspex.access.Model.user;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The usage examples of RFC 8341 Appendix A. */
class AppendixATest {
    /** Appendix A.1: the groups. */
    private static final String GROUPS = """
            'groups':{'group':[
              {'name':'admin','user-name':['admin','andy']},
              {'name':'limited','user-name':['wilma','bam-bam']},
              {'name':'guest','user-name':['guest','guest@example.com']}]}""";

    private static Decisions decisions(String user, String ruleLists) {
        return Model.nacm("{" + GROUPS + ",'rule-list':[" + ruleLists + "]}").forPrincipal(user(user));
    }

    @Nested
    class A_2_ModuleRules {
        private static final String RULES = """
                {'name':'guest-acl','group':['guest'],'rule':[
                  {'name':'deny-ncm','module-name':'ietf-netconf-monitoring','access-operations':'*','action':'deny'}]},
                {'name':'limited-acl','group':['limited'],'rule':[
                  {'name':'permit-ncm','module-name':'ietf-netconf-monitoring','access-operations':'read','action':'permit'},
                  {'name':'permit-exec','module-name':'*','access-operations':'exec','action':'permit'}]},
                {'name':'admin-acl','group':['admin'],'rule':[
                  {'name':'permit-all','module-name':'*','access-operations':'*','action':'permit'}]}""";

        private static final String STATE = "/ietf-netconf-monitoring:netconf-state";

        @Test
        void guestsSeeNothingOfTheModule() {
            assertThat(decisions("guest", RULES).permits(Access.READ, path(STATE)))
                    .isFalse();
            assertThat(decisions("guest@example.com", RULES)
                            .mayInvoke(rpc("ietf-netconf-monitoring", "get-schema"), null))
                    .isFalse();
        }

        @Test
        void theLimitedMayReadItAndInvokeEverything() {
            var wilma = decisions("wilma", RULES);
            assertThat(wilma.permits(Access.READ, path(STATE))).isTrue();
            assertThat(wilma.permits(Access.CREATE, path(STATE))).isFalse();
            assertThat(wilma.mayInvoke(rpc("ietf-netconf", "kill-session"), null))
                    .isTrue();
            assertThat(wilma.mayInvoke(rpc("acme", "self-destruct"), null)).isTrue();
        }

        @Test
        void administratorsMayDoEverything() {
            assertThat(decisions("andy", RULES).permitsAll()).isTrue();
            assertThat(decisions("andy", RULES).permits(Access.DELETE, path("/acme:vault/pin")))
                    .isTrue();
        }
    }

    @Nested
    class A_3_ProtocolOperationRules {
        private static final String RULES = """
                {'name':'guest-limited-acl','group':['limited','guest'],'rule':[
                  {'name':'deny-kill-session','module-name':'ietf-netconf','rpc-name':'kill-session',
                   'access-operations':'exec','action':'deny'},
                  {'name':'deny-delete-config','module-name':'ietf-netconf','rpc-name':'delete-config',
                   'access-operations':'exec','action':'deny'}]},
                {'name':'limited-acl','group':['limited'],'rule':[
                  {'name':'permit-edit-config','module-name':'ietf-netconf','rpc-name':'edit-config',
                   'access-operations':'exec','action':'permit'}]}""";

        @Test
        void killSessionIsDeniedAndEditConfigPermittedToTheLimited() {
            var wilma = decisions("wilma", RULES);
            assertThat(wilma.mayInvoke(rpc("ietf-netconf", "kill-session"), null))
                    .isFalse();
            assertThat(wilma.mayInvoke(rpc("ietf-netconf", "delete-config"), null))
                    .isFalse();
            assertThat(wilma.mayInvoke(rpc("ietf-netconf", "edit-config"), null))
                    .isTrue();
        }

        @Test
        void aRuleForAnOperationSaysNothingAboutDataOfTheModule() {
            var rules = """
                {'name':'l','group':['*'],'rule':[
                  {'name':'r','module-name':'acme','rpc-name':'*','action':'deny'}]}""";
            assertThat(decisions("guest", rules).permits(Access.READ, path("/acme:clock/zone")))
                    .isTrue();
            assertThat(decisions("guest", rules).mayInvoke(rpc("acme", "hello"), null))
                    .isFalse();
        }
    }

    @Nested
    class A_4_DataNodeRules {
        private static final String RULES = """
                {'name':'guest-acl','group':['guest'],'rule':[
                  {'name':'deny-nacm','path':'/nacm:nacm','access-operations':'*','action':'deny'}]},
                {'name':'limited-acl','group':['limited'],'rule':[
                  {'name':'permit-acme-config','path':'/acme:acme-netconf/acme:config-parameters',
                   'access-operations':'read create update delete','action':'permit'}]},
                {'name':'guest-limited-acl','group':['guest','limited'],'rule':[
                  {'name':'permit-dummy-interface','path':'/acme:interfaces/acme:interface[acme:name=~dummy~]',
                   'access-operations':'read update','action':'permit'}]},
                {'name':'admin-acl','group':['admin'],'rule':[
                  {'name':'permit-interface','path':'/acme:interfaces/acme:interface',
                   'access-operations':'*','action':'permit'}]}""";

        @Test
        void guestsDoNotSeeTheRules() {
            assertThat(decisions("guest", RULES).mayRead(path("/ietf-netconf-acm:nacm/rule-list")))
                    .isFalse();
        }

        @Test
        void theLimitedMayEditTheParametersButNotMore() {
            var wilma = decisions("wilma", RULES);
            assertThat(wilma.permits(Access.UPDATE, path("/acme:acme-netconf/config-parameters/timeout")))
                    .isTrue();
            assertThat(wilma.permits(Access.DELETE, path("/acme:acme-netconf/config-parameters")))
                    .isTrue();
            assertThat(wilma.permits(Access.UPDATE, path("/acme:clock/zone"))).isFalse();
        }

        @Test
        void onlyTheDummyInterfaceMayBeUpdatedAndNoneCreated() {
            var wilma = decisions("wilma", RULES);
            assertThat(wilma.permits(Access.UPDATE, path("/acme:interfaces/interface[name='dummy']/mtu")))
                    .isTrue();
            assertThat(wilma.permits(Access.UPDATE, path("/acme:interfaces/interface[name='eth0']/mtu")))
                    .isFalse();
            assertThat(wilma.permits(Access.CREATE, path("/acme:interfaces/interface[name='dummy']")))
                    .isFalse();
        }

        @Test
        void administratorsMayDoAllToInterfaces() {
            var andy = decisions("andy", RULES);
            assertThat(andy.permits(Access.DELETE, path("/acme:interfaces/interface[name='eth0']")))
                    .isTrue();
            assertThat(andy.permits(Access.READ, path("/acme:interfaces/interface[name='eth0']/secret")))
                    .isTrue();
            assertThat(andy.permits(Access.DELETE, path("/acme:interfaces"))).isFalse();
        }
    }

    @Nested
    class A_5_NotificationRules {
        private static final String RULES = """
                {'name':'sys-acl','group':['limited','guest'],'rule':[
                  {'name':'deny-config-change','module-name':'acme','notification-name':'sys-config-change',
                   'access-operations':'read','action':'deny'}]}""";

        @Test
        void theNotificationIsDroppedForSomeAndReceivedByOthers() {
            var event = notification("sys-config-change");
            assertThat(decisions("guest", RULES).mayReceive(event, null)).isFalse();
            assertThat(decisions("wilma", RULES).mayReceive(event, null)).isFalse();
            assertThat(decisions("andy", RULES).mayReceive(event, null)).isTrue();
        }
    }
}
