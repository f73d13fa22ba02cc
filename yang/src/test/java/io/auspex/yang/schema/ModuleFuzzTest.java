package io.auspex.yang.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Jazzer target for the text of modules: whatever it is, the outcome is a model or a {@link ModelException}. */
class ModuleFuzzTest {
    @FuzzTest
    void aModuleIsCompiledOrRefused(FuzzedDataProvider data) {
        try {
            var model = ModelLoader.compile("m.yang", data.consumeRemainingAsString());
            assertThat(model.module("m")).isPresent();
        } catch (ModelException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }
}
