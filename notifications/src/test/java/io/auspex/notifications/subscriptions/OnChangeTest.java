package io.auspex.notifications.subscriptions;

import static io.auspex.notifications.Events.MODEL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Subscriptions to changes while rules, terms and filters change, and their receivers do not take (RFC 8641 §3.3, §4.4). */
class OnChangeTest {
    private static final String UNITS =
            "'yp:datastore':'ietf-datastores:running','yp:datastore-xpath-filter':'/plant:plant/unit'";
    private static final String OPERATIONAL =
            "'yp:datastore':'ietf-datastores:operational','yp:datastore-xpath-filter'";
    private static final String FILTERS = "/ietf-subscribed-notifications:filters";
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

    /** Nothing is taken until that is noticed. */
    private void suspend(Plant.Taking slow) {
        await().until(() -> {
            plant.clock.pass(Duration.ofSeconds(11));
            plant.subscriptions.lookAfter();
            return slow.subscription().state().equals("suspended");
        });
    }

    @Test
    void whatIsEditedBeforeTheFirstUpdateIsTakenIsAChangeAfterIt() throws Exception {
        var taking = plant.establish(plant.ann, "{" + UNITS + ",'yp:on-change':{}}");
        var other = plant.establish(plant.bob, "{" + UNITS + ONLY_CHANGES);
        power(2);
        assertThat(other.next()).contains("'plant:power':2");
        assertThat(taking.now()).contains("push-update").contains("'power':1");
        assertThat(taking.now()).contains("'patch-id':'0'").contains("'plant:power':2");
    }

    @Test
    void defaultsInUseComeAndGoWithWhatTheyHangOn() throws Exception {
        plant.put("/plant:pump", "{'plant:pump':{}}");
        var pump = plant.establish(plant.ann, "{" + OPERATIONAL + ":'/plant:pump'" + ONLY_CHANGES);
        var speed = plant.establish(plant.ann, "{" + OPERATIONAL + ":'/plant:pump/speed'" + ONLY_CHANGES);
        plant.put("/plant:pump/valve", "{'plant:valve':'v'}");
        assertThat(pump.next()).contains("'plant:valve':'v'").contains("'delete','target':'/plant:pump/speed'");
        assertThat(speed.next()).contains("'delete'").contains("/plant:pump/speed");
        plant.put("/plant:pump/kind", "{'plant:kind':'x'}");
        assertThat(pump.next()).contains("'plant:kind':'x'").contains("'plant:guarded':'g'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"running", "operational"})
    void aFilterOnValuesTellsChangesOfOperationalAndToWhomHasRules(String datastore) throws Exception {
        hide("/plant:plant/unit/tag");
        var units = plant.establish(
                plant.ann,
                "{'yp:datastore':'ietf-datastores:" + datastore
                        + "','yp:datastore-xpath-filter':'/plant:plant/unit[power>0]'" + ONLY_CHANGES);
        power(7);
        assertThat(units.next()).contains("'plant:power':7");
    }

    @Test
    void whoTakesAgainLearnsThatEverythingWasDeleted() throws Exception {
        var slow = plant.establish(plant.ann, "{" + UNITS + ",'yp:on-change':{}}");
        assertThat(slow.now()).contains("'power':1");
        plant.delete("/plant:plant");
        suspend(slow);
        assertThat(slow.now()).contains("subscription-suspended");
        assertThat(slow.now()).contains("subscription-resumed");
        assertThat(slow.now()).contains("push-update").doesNotContain("unit");
    }

    @Test
    void whoIsStuckWhenTheTermsAreModifiedIsSuspendedAgain() throws Exception {
        var slow = plant.establish(plant.ann, "{" + UNITS + ONLY_CHANGES);
        slow.now();
        power(2);
        suspend(slow);
        plant.modify(plant.ann, "{'id':1," + UNITS + ",'yp:on-change':{'dampening-period':100}}");
        plant.subscriptions.lookAfter();
        assertThat(slow.subscription().state()).isEqualTo("active");
        plant.clock.pass(Duration.ofSeconds(11));
        plant.subscriptions.lookAfter();
        assertThat(slow.subscription().state()).isEqualTo("suspended");
    }

    @Test
    void whatWaitsIsToldWhenOnlyTheDampeningIsModified() throws Exception {
        var taking = plant.establish(
                plant.ann, "{" + UNITS + ",'yp:on-change':{'sync-on-start':false,'dampening-period':300}}");
        var other = plant.establish(plant.bob, "{" + UNITS + ONLY_CHANGES);
        power(7);
        assertThat(taking.next()).contains("'plant:power':7");
        power(8);
        assertThat(other.next()).contains("'plant:power':7");
        assertThat(other.next()).contains("'plant:power':8");
        assertThat(taking.now()).isEqualTo("nothing");
        plant.modify(plant.ann, "{'id':1," + UNITS + ",'yp:on-change':{'dampening-period':100}}");
        assertThat(taking.now()).isEqualTo("nothing");
        plant.clock.pass(Duration.ofSeconds(1));
        assertThat(taking.now()).contains("'patch-id':'1'").contains("'plant:power':8");
    }

    private void filter(String id, String expression) throws Exception {
        plant.put(
                FILTERS + "/ietf-yang-push:selection-filter[filter-id='" + id + "']",
                "{'ietf-yang-push:selection-filter':[{'filter-id':'" + id + "','datastore-xpath-filter':'" + expression
                        + "'}]}");
        plant.subscriptions.filtersChanged();
    }

    private Plant.Taking byName() throws YangException {
        return plant.establish(
                plant.ann, "{'yp:datastore':'ietf-datastores:running','yp:selection-filter-ref':'own'" + ONLY_CHANGES);
    }

    @Test
    void onlyTheFilterThatItNamesModifiesASubscription() throws Exception {
        filter("own", "/plant:plant/unit");
        filter("other", "/plant:plant/step");
        var taking = byName();
        power(2);
        filter("other", "/plant:plant/name");
        assertThat(taking.next()).contains("'plant:power':2");
        filter("own", "/plant:plant/name");
        assertThat(taking.now())
                .contains("subscription-modified")
                .contains("'yp:datastore-xpath-filter':'/plant:plant/name'");
    }

    @Test
    void aFilterIsToldByNameOnlyToWhomMayNotReadIt() throws Exception {
        filter("own", "/plant:plant/unit");
        var taking = byName();
        hide(FILTERS);
        filter("own", "/plant:plant/name");
        assertThat(taking.now())
                .contains("subscription-modified")
                .contains("'yp:selection-filter-ref':'own'")
                .doesNotContain("xpath");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                FILTERS,
                FILTERS + "/ietf-yang-push:selection-filter",
                FILTERS + "/ietf-yang-push:selection-filter/ietf-yang-push:datastore-xpath-filter"
            })
    void aFilterThatMayNotBeReadIsUnknown(String hidden) throws Exception {
        filter("own", "/plant:plant/unit");
        hide(hidden);
        assertThatThrownBy(this::byName)
                .isInstanceOfSatisfying(
                        YangException.class, e -> assertThat(e.first().appTag()).isEqualTo("instance-required"))
                .hasMessageContaining("refers to 'own', which does not exist");
    }
}
