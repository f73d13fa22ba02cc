package io.auspex.datastore;

import static org.assertj.core.api.Assertions.assertThat;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Corners of the rules of RFC 7950, each on a configuration of its own. */
class Rfc7950Test {
    private static final ModelContext MODEL = ModelLoader.load(List.of(Path.of("src/test/resources/validation/yang")));

    private final Datastores datastores = Datastores.open(MODEL, DatastoreConfig.inMemory());

    @AfterEach
    void close() {
        datastores.close();
    }

    private String outcome(String rules) {
        var json = "{'val-rules:rules':" + rules + "}";
        try {
            var data = new JsonReader(MODEL, InputLimits.DEFAULT)
                    .readRoot(json.replace('\'', '"').replace('~', '\'').getBytes(StandardCharsets.UTF_8));
            datastores.commit(new Edit(Operation.REPLACE, DataPath.root(MODEL.root()), data));
            return "valid";
        } catch (YangException e) {
            var error = e.first();
            return error.appTag() == null ? error.tag().toString() : error.appTag();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '`', textBlock = """
            {'server':[{'name':'a','ip':'x'},{'name':'b','ip':'x','port':25}]}               ! data-not-unique
            {'server':[{'name':'a','ip':'x'},{'name':'b','ip':'x'}]}                         ! data-not-unique
            {'server':[{'name':'a','ip':'x'},{'name':'b','ip':'x','port':26}]}               ! valid
            {'server':[{'name':'a'},{'name':'b','port':25}]}                                 ! valid
            {'server':[{'name':'a'}],'of-union':'a'}                                         ! valid
            {'server':[{'name':'a','port':7}],'of-union':7}                                  ! valid
            {'server':[{'name':'a'}],'of-union':25}                                          ! valid
            {'server':[{'name':'a'}],'of-union':'none'}                                      ! valid
            {'server':[{'name':'a'}],'of-union':'b'}                                         ! instance-required
            {'server':[{'name':'a'}],'of-port':25}                                           ! valid
            {'server':[{'name':'a','port':7}],'of-port':25}                                  ! instance-required
            {'server':[{'name':'a','port':7}],'of-port':7}                                   ! valid
            {'of-port':25}                                                                   ! instance-required
            {'kind':'iana-if-type:tunnel'}                                                   ! valid
            {'kind':'tunnel'}                                                                ! invalid-value
            {'kind':'ietf-interfaces:interface-type'}                                        ! invalid-value
            {'strict':'/val-rules:rules/server[name=~a~]','server':[{'name':'a'}]}           ! valid
            {'strict':'/val-rules:rules/server[name=~b~]','server':[{'name':'a'}]}           ! instance-required
            {'loose':'/val-rules:rules/server[name=~b~]'}                                    ! valid
            {'count-of-colours':2}                                                           ! valid
            {'colour':['green'],'count-of-colours':2}                                        ! must-violation
            {'colour':['green'],'count-of-colours':1}                                        ! valid
            {'mode':{'a':'x','inner':{'two':['p','q']}}}                                     ! valid
            {'mode':{'a':'x'}}                                                               ! too-few-elements
            {'mode':{'a':'x','inner':{'two':['p']}}}                                         ! too-few-elements
            {'mode':{'inner':{'two':['p','q']}}}                                             ! missing-choice
            {'mode':{'b':['x'],'inner':{'two':['p','q']}}}                                   ! valid
            {'server':[{'name':'a'},{'name':'b'}]}                                           ! valid
            {'server':[{'name':'a'},{'name':'b'},{'name':'c'}]}                              ! must-violation
            {'least':60}                                                                     ! must-violation
            {'least':60,'share':70}                                                          ! valid
            {'least':40}                                                                     ! valid
            {'room':[{'name':'a'}]}                                                          ! must-violation
            {'room':[{'name':'a'}],'heated':[null]}                                          ! valid
            {}                                                                               ! valid
            """)
    void aConfigurationIsValidOrRefusedForItsReason(String rules, String expected) {
        assertThat(outcome(rules)).as(rules).isEqualTo(expected);
    }

    @Test
    void whatIsThereByItselfIsCheckedWhenWhatItDependsOnGoes() {
        // Given
        assertThat(outcome("{'room':[{'name':'a','climate':{'air':{'note':'x'}}}],'heated':[null]}"))
                .isEqualTo("valid");
        var rules = DataPath.root(MODEL.root())
                .child(MODEL.root().child("val-rules", "rules").orElseThrow());

        // When
        var removed = new Edit(
                Operation.REMOVE, rules.child(rules.schema().child("heated").orElseThrow()), null);

        // Then
        assertThatThrownBy(() -> datastores.commit(removed)).hasMessageContaining("heated");
        assertThat(outcome("{'room':[{'name':'a'}],'heated':[null]}")).isEqualTo("valid");
        assertThatThrownBy(() -> datastores.commit(removed)).hasMessageContaining("heated");
    }
}
