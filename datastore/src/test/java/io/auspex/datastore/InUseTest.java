package io.auspex.datastore;

import static io.auspex.datastore.Operation.DELETE;
import static io.auspex.datastore.Operation.MERGE;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.yang.InputLimits;
import io.auspex.yang.codec.JsonReader;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModelLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rules of nodes that are there by themselves, when a condition or a case brings them into use (RFC 7950 §7.5.3, §6.4.1). */
class InUseTest {
    private static final ModelContext MODEL = ModelLoader.load(List.of(Path.of("src/test/resources/validation/yang")));

    private final Datastores datastores = Datastores.open(MODEL, DatastoreConfig.inMemory());

    @AfterEach
    void close() {
        datastores.close();
    }

    private void merge(String inUse) throws YangException {
        var json = ("{'val-in-use:in-use':" + inUse + "}").replace('\'', '"');
        var data = new JsonReader(MODEL, InputLimits.DEFAULT).readRoot(json.getBytes(StandardCharsets.UTF_8));
        datastores.commit(new Edit(MERGE, DataPath.root(MODEL.root()), data));
    }

    private void delete(String... names) throws YangException {
        var at = DataPath.root(MODEL.root())
                .child(MODEL.root().child("val-in-use", "in-use").orElseThrow());
        for (var name : names) {
            at = at.child(at.schema().child(name).orElseThrow());
        }
        datastores.commit(new Edit(DELETE, at, null));
    }

    @Test
    void aConditionThatBecomesTrueBringsRulesIntoUse() throws YangException {
        merge("{'port':[{'name':'a','type':'atm'},{'name':'b','type':'atm','speed':10}]}");
        assertThatThrownBy(() -> merge("{'port':[{'name':'a','type':'eth'}]}"))
                .hasMessageContaining("ether without speed");
        merge("{'port':[{'name':'b','type':'eth'}]}");
    }

    @Test
    void aRuleIsNotCheckedWhereTheConditionBecomesFalse() throws YangException {
        merge("{'port':[{'name':'a','type':'eth','speed':10}]}");
        merge("{'port':[{'name':'a','type':'atm'}]}");
    }

    @Test
    void theDefaultCaseComesIntoUseWithItsRules() throws YangException {
        merge("{'way':{'gauge':1435}}");
        assertThatThrownBy(() -> delete("way", "gauge")).hasMessageContaining("road not open");
        merge("{'way':{'open':[null]}}");
        delete("way", "gauge");
    }

    @Test
    void soItDoesWhenAChoiceInTheOtherCaseLosesItsData() throws YangException {
        merge("{'way':{'wire':[null]}}");
        assertThatThrownBy(() -> delete("way", "wire")).hasMessageContaining("road not open");
    }

    @Test
    void aRuleSeesThatAConditionalDefaultIsInUseNoMore() throws YangException {
        assertThatThrownBy(() -> merge("{'seen':{'length':3}}")).hasMessageContaining("length without unit");
        merge("{'seen':{'length':3,'scale':'si'}}");
        assertThatThrownBy(() -> delete("seen", "scale")).hasMessageContaining("length without unit");
    }
}
