package io.auspex.notifications.subscriptions;

import static io.auspex.notifications.Events.MODEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.auspex.yang.error.ErrorTag;
import io.auspex.yang.error.YangException;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Revisions of modules in subscriptions (draft-ietf-netconf-yang-notifications-versioning). */
class ModuleVersionsTest {
    private static final String UNITS = "'yp:datastore':'ietf-datastores:running','yp:on-change':{},"
            + "'yp:datastore-xpath-filter':'/plant:plant/unit'";
    private static final String REVISION =
            MODEL.module("plant").orElseThrow().toString().substring("plant@".length());

    private final Plant plant = new Plant();

    @BeforeEach
    void oneUnit() throws Exception {
        plant.put("/plant:plant/unit[id='a']", "{'plant:unit':[{'id':'a','power':1}]}");
    }

    @AfterEach
    void close() throws Exception {
        plant.close();
    }

    private static String asking(String entry) {
        return ",'ietf-yang-push-revision:module-version-subs':[{" + entry + "}]";
    }

    private void filter(String expression) throws Exception {
        plant.put(
                "/ietf-subscribed-notifications:filters/ietf-yang-push:selection-filter[filter-id='chosen']",
                "{'ietf-yang-push:selection-filter':[{'filter-id':'chosen','datastore-xpath-filter':'" + expression
                        + "'}]}");
    }

    @Test
    void aReceiverIsToldOfWhichRevisionsTheContentIs() throws Exception {
        filter("/plant:plant/unit");
        var taking = plant.establish(
                plant.ann,
                "{'yp:datastore':'ietf-datastores:running','yp:on-change':{},'yp:selection-filter-ref':'chosen'}");
        assertThat(taking.next()).contains("push-update");
        filter("/plant:plant/unit/power");
        plant.subscriptions.filtersChanged();
        var modified = Objects.requireNonNull(taking.connection().next(Duration.ofSeconds(20)));
        assertThat(Plant.whole(modified.notification().content(), false))
                .contains(":subscription-modified'")
                .contains("'ietf-yang-push-revision:module-version':[{'name':'plant','revision':'" + REVISION + "'}]")
                .contains("'ietf-yang-push-revision:yang-library-content-id':'" + MODEL.contentId() + "'");
    }

    @Test
    void whatIsAskedForStandsInTheSubscription() throws Exception {
        var taking =
                plant.establish(plant.ann, "{" + UNITS + asking("'name':'plant','revision':'" + REVISION + "'") + "}");
        assertThat(taking.subscription().terms().modules())
                .singleElement()
                .satisfies(w -> assertThat(w.revision()).contains(REVISION));
        assertThat(Plant.whole(new SubscriptionState(plant.subscriptions).state(plant.datastores.running()), false))
                .contains("'ietf-yang-push-revision:module-version-subs':[{'name':'plant','revision':'" + REVISION
                        + "'}]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'name':'plant','revision':'1999-01-01' | revision-unsupported | module plant is of revision
            'name':'nosuch'                        | revision-unsupported | there is no module nosuch
            'name':'plant','version':'2.0.0'       | version-unsupported  | has no semantic version here
            """)
    void whatTheServerHasNotIsRefused(String asked, String identity, String why) throws Exception {
        var established = catchThrowableOfType(
                YangException.class, () -> plant.establish(plant.ann, "{" + UNITS + asking(asked) + "}"));
        assertThat(established.first().failure().tag()).isEqualTo(ErrorTag.INVALID_VALUE);
        assertThat(established.first().appTag()).isEqualTo("ietf-yang-push-revision:" + identity);
        assertThat(established.first().message()).contains(why);

        plant.establish(plant.ann, "{" + UNITS + "}");
        var modified = catchThrowableOfType(
                YangException.class,
                () -> plant.modify(
                        plant.ann, "{'id':1,'yp:datastore':'ietf-datastores:running'" + asking(asked) + "}"));
        assertThat(modified.first().appTag()).isEqualTo("ietf-yang-push-revision:" + identity);
    }
}
