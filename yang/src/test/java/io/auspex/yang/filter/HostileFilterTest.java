package io.auspex.yang.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.auspex.yang.InputLimits;
import io.auspex.yang.data.OpaqueNode;
import io.auspex.yang.error.ErrorTag;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.ModelLoader;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Subtree filters that are meant to take the server down; the row of the hostile-input table. */
class HostileFilterTest {
    private static final ModelContext MODEL = ModelLoader.loadOnly(Set.of("ietf-interfaces"));

    private static ErrorTag refusal(OpaqueNode.Encoding encoding, String content) {
        var schema = MODEL.root().child("ietf-interfaces", "interfaces").orElseThrow();
        var filter = new OpaqueNode(schema, encoding, content);
        return catchThrowableOfType(YangException.class, () -> FilterReader.read(MODEL, filter, InputLimits.DEFAULT))
                .first()
                .tag();
    }

    @Nested
    class A69 {
        @ParameterizedTest
        @EnumSource
        void aHundredThousandSiblingsAreRefused(OpaqueNode.Encoding encoding) {
            var content = switch (encoding) {
                case XML -> "<a/>".repeat(100_000);
                case JSON -> "{'a':[" + "1,".repeat(100_000) + "1]}";
            };
            assertThat(refusal(encoding, content.replace('\'', '"'))).isIn(ErrorTag.INVALID_VALUE, ErrorTag.TOO_BIG);
        }

        @ParameterizedTest
        @EnumSource
        void tenThousandLevelsAreRefused(OpaqueNode.Encoding encoding) {
            var content = switch (encoding) {
                case XML -> "<a>".repeat(10_000) + "</a>".repeat(10_000);
                case JSON -> "{'a':".repeat(10_000) + "1" + "}".repeat(10_000);
            };
            assertThat(refusal(encoding, content.replace('\'', '"'))).isIn(ErrorTag.INVALID_VALUE, ErrorTag.TOO_BIG);
        }
    }
}
