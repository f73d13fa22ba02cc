package io.auspex.datastore;

import static io.auspex.datastore.Operation.DELETE;
import static io.auspex.datastore.Operation.MERGE;
import static io.auspex.datastore.TestModel.MODEL;
import static io.auspex.datastore.TestModel.edit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.yang.error.ErrorTag;
import io.auspex.yang.error.YangException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Leafrefs with deref() and with predicates on what is no key, whose targets are looked for (RFC 7950 §9.9). */
class EvaluatedReferenceTest {
    private static final String REFS = "/deref-test:refs";

    private final Datastores datastores = Datastores.open(MODEL, DatastoreConfig.inMemory());

    @BeforeEach
    void twoInterfaces() throws YangException {
        datastores.commit(edit(MERGE, REFS, """
                {'interface': [
                   {'name': 'a', 'role': 'up', 'mtu': 1500, 'address': [{'ip': '1'}, {'ip': '2'}]},
                   {'name': 'b', 'role': 'down', 'mtu': 900, 'address': [{'ip': '3'}]}],
                 'interface-name': 'a', 'role': 'up'}
                """));
    }

    @ParameterizedTest
    @CsvSource({"mtu,1500", "address,'2'", "of-role,'a'", "same,'a'"})
    void aTargetThatIsThereIsFound(String leaf, String value) throws YangException {
        datastores.commit(edit(MERGE, REFS + "/" + leaf, value.matches("\\d{4}") ? value : "'" + value + "'"));
    }

    @ParameterizedTest
    @CsvSource({"mtu,900", "address,'3'", "of-role,'b'", "same,'b'"})
    void aTargetOfAnotherEntryIsNone(String leaf, String value) {
        var edit =
                edit(MERGE, REFS + "/" + leaf, value.matches("\\d+") && leaf.equals("mtu") ? value : "'" + value + "'");
        assertThatThrownBy(() -> datastores.commit(edit))
                .isInstanceOfSatisfying(
                        YangException.class,
                        e -> assertThat(e.errors()).singleElement().satisfies(error -> {
                            assertThat(error.tag()).isEqualTo(ErrorTag.DATA_MISSING);
                            assertThat(error.appTag()).isEqualTo("instance-required");
                            assertThat(error.path()).hasToString(REFS + "/" + leaf);
                        }));
    }

    @Test
    void whatTheWayToTheTargetDependsOnCountsToo() throws YangException {
        datastores.commit(edit(MERGE, REFS + "/address", "'2'"), edit(MERGE, REFS + "/of-role", "'a'"));
        assertThatThrownBy(() -> datastores.commit(edit(MERGE, REFS + "/interface-name", "'b'")))
                .hasMessageContaining(REFS + "/address: refers to '2'");
        assertThatThrownBy(() -> datastores.commit(edit(MERGE, REFS + "/interface[name='a']/role", "'down'")))
                .hasMessageContaining(REFS + "/of-role: refers to 'a'");
        assertThatThrownBy(() -> datastores.commit(edit(DELETE, REFS + "/interface[name='a']/address[ip='2']")))
                .hasMessageContaining(REFS + "/address: refers to '2'");
        datastores.commit(
                edit(DELETE, REFS + "/address"),
                edit(DELETE, REFS + "/of-role"),
                edit(MERGE, REFS + "/interface-name", "'b'"));
    }
}
