package io.auspex.notifications.subscriptions;

import static io.auspex.notifications.Events.MODEL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.auspex.access.Nacm;
import io.auspex.access.Principal;
import io.auspex.yang.InputLimits;
import io.auspex.yang.codec.JsonReader;
import io.auspex.yang.error.YangException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Subscriptions to changes while rules, terms and filters change, and their receivers do not take (RFC 8641 §3.3, §4.4). */
class OnChangeTest {
    private static final String UNITS =
            "'yp:datastore':'ietf-datastores:running','yp:datastore-xpath-filter':'/plant:plant/unit'";
    private static final String ONLY_CHANGES = ",'yp:on-change':{'sync-on-start':false}}";

    private final Plant plant = new Plant();

    @BeforeEach
    void oneUnit() throws Exception {
        power(1);
    }

    @AfterEach
    void close() throws Exception {
        plant.close();
    }

    private void power(int power) throws Exception {
        plant.put("/plant:plant/unit[id='a']", "{'plant:unit':[{'id':'a','power':" + power + "}]}");
    }

    /** Denies ann to read what is at a path. */
    private void hide(String path) throws YangException {
        var rules = "{'ietf-netconf-acm:nacm':{'groups':{'group':[{'name':'g','user-name':['ann']}]},"
                + "'rule-list':[{'name':'l','group':['g'],'rule':[{'name':'r','path':'" + path
                + "','access-operations':'read','action':'deny'}]}]}}";
        plant.access.rules(Nacm.of(
                MODEL,
                new JsonReader(MODEL, InputLimits.DEFAULT)
                        .readRoot(rules.replace('\'', '"').getBytes(UTF_8))));
    }

    @Test
    void aReceiverIsServedHoweverManySetsOfGroupsThereAre() throws Exception {
        hide("/plant:plant/name");
        for (var i = 0; i < 300; i++) {
            plant.access.decisions(new Principal("u" + i, Set.of("g" + i), "test 127.0.0.1:1"));
        }
        var taking = plant.establish(plant.ann, "{" + UNITS + ONLY_CHANGES);
        assertThat(assertTimeoutPreemptively(Duration.ofSeconds(10), taking::now))
                .isEqualTo("nothing");
        power(2);
        assertThat(taking.next()).contains("'plant:power':2");
    }

    @Test
    void whoDoesNotTakeWhatOtherRulesHideDoesNotKeepUp() throws Exception {
        var taking = plant.establish(plant.ann, "{" + UNITS + ONLY_CHANGES);
        plant.clock.pass(Duration.ofSeconds(30));
        assertThat(taking.now()).isEqualTo("nothing");
        hide("/plant:plant/unit");
        plant.subscriptions.lookAfter();
        assertThat(taking.subscription().state()).isEqualTo("active");
        plant.clock.pass(Duration.ofSeconds(11));
        plant.subscriptions.lookAfter();
        assertThat(taking.subscription().state()).isEqualTo("suspended");
    }
}
