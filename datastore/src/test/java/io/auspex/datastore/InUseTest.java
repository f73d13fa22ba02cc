package io.auspex.datastore;

import static io.auspex.datastore.Operation.DELETE;
import static io.auspex.datastore.Operation.MERGE;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.yang.InputLimits;
import io.auspex.yang.codec.JsonReader;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ListKey;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModelLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

    private static String entries(int count, IntFunction<String> entry) {
        return IntStream.range(0, count).mapToObj(entry).collect(Collectors.joining(",", "[", "]"));
    }

    @Test
    void storedTargetsWithADefaultAreFoundHoweverManyThereAre() throws YangException {
        merge("{'line':" + entries(2_000, i -> "{'name':'l" + i + "','rate':" + (100 + i) + "}") + ",'peer':"
                + entries(2_000, i -> "{'name':'p" + i + "','rate':" + (100 + i) + "}") + "}");
        assertThatThrownBy(() -> merge("{'line':[{'name':'l7','rate':99}]}"))
                .hasMessageContaining("peer[name='p7']/rate: refers to '107'");
        merge("{'line':[{'name':'l7','rate':99}],'peer':[{'name':'p7','rate':99}]}");
    }

    @Test
    void aDefaultHoldsReferencesHoweverManyThereAre() throws YangException {
        merge("{'line':" + entries(2_000, i -> "{'name':'l" + i + "'}") + ",'peer':"
                + entries(2_000, i -> "{'name':'p" + i + "','rate':10,'line':'l" + i + "','own-rate':10}") + "}");
        assertThatThrownBy(() -> merge("{'line':[{'name':'l7','rate':99}]}"))
                .hasMessageContaining("peer[name='p7']/own-rate: refers to '10'");
    }

    @Test
    void aDefaultHoldsReferencesAsLongAsItIsInUse() throws YangException {
        merge("{'line':[{'name':'a'}],'peer':[{'name':'p','rate':10}]}");
        assertThatThrownBy(() -> merge("{'line':[{'name':'a','rate':7}]}")).hasMessageContaining("refers to '10'");
        merge("{'line':[{'name':'a','rate':7},{'name':'b'}]}");
        assertThatThrownBy(() -> merge("{'line':[{'name':'b','rate':7}]}")).hasMessageContaining("refers to '10'");
        merge("{'line':[{'name':'b','rate':10}]}");
        assertThatThrownBy(() -> delete("line")).hasMessageContaining("refers to '10'");
        assertThatThrownBy(() -> merge("{'peer':[{'name':'p','rate':5}]}")).hasMessageContaining("refers to '5'");
    }

    @Test
    void aDefaultThatAConditionTakesOutOfUseHoldsNothing() throws YangException {
        merge("{'line':[{'name':'a','kind':'b'}],'peer':[{'name':'p','burst':5}]}");
        assertThatThrownBy(() -> merge("{'line':[{'name':'a','kind':'c'}]}")).hasMessageContaining("refers to '5'");
        merge("{'line':[{'name':'a','kind':'c'},{'name':'c','kind':'b'}]}");
    }

    @Test
    void soItIsWhenTheConditionLooksElsewhere() throws YangException {
        assertThatThrownBy(() -> merge("{'line':[{'name':'a'}],'peer':[{'name':'p','line':'a','own-quota':3}]}"))
                .hasMessageContaining("refers to '3'");
        merge("{'metered':[null],'line':[{'name':'a'}],'peer':[{'name':'p','line':'a','own-quota':3}]}");
        assertThatThrownBy(() -> delete("metered")).hasMessageContaining("refers to '3'");
    }

    @Test
    void aStoredValueThatGivesWayToTheSameDefaultIsStillThere() throws YangException {
        merge("{'line':[{'name':'a','rate':10}],'peer':[{'name':'p','line':'a','rate':10,'own-rate':10}]}");
        merge("{'line':[{'name':'b','rate':8}]}");
        assertThatThrownBy(() -> merge("{'peer':[{'name':'p','line':'b'}]}")).hasMessageContaining("own-rate");
        datastores.commit(new Edit(DELETE, leaf("line", ListKey.of("a"), "rate"), null));
        assertThatThrownBy(() -> merge("{'line':[{'name':'a','rate':9}]}")).hasMessageContaining("refers to '10'");
    }

    private static DataPath leaf(String list, ListKey key, String name) {
        var inUse = MODEL.root().child("val-in-use", "in-use").orElseThrow();
        var entry = inUse.child(list).orElseThrow();
        return DataPath.root(MODEL.root())
                .child(inUse)
                .entry(entry, key)
                .child(entry.child(name).orElseThrow());
    }
}
