package io.auspex.restconfserver;

import static io.auspex.restconfserver.Models.MODEL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangError;
import io.auspex.yang.schema.DataPath;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorDocumentTest {
    private static final String YANG = "urn:ietf:params:xml:ns:yang:1";
    private static final DataPath TOP = DataPath.root(MODEL.root())
            .child(MODEL.root().child("rc-test", "top").orElseThrow());

    private static DataPath leaf(String name) {
        return TOP.child(TOP.schema().child(name).orElseThrow());
    }

    private static String document(YangError error, Encoding encoding) {
        return new String(new ErrorDocument(List.of(error), MODEL).bytes(encoding), UTF_8);
    }

    @Test
    void anInfoThatStandsTwiceIsAnArrayInJson() {
        // Given
        var error = YangError.of(Failure.INVALID_CONFIGURATION, TOP, "not unique")
                .withInfo(
                        new ErrorInfo(YANG, "non-unique", leaf("low")),
                        new ErrorInfo(YANG, "non-unique", leaf("high")));
        // When
        var json = document(error, Encoding.JSON);
        // Then
        assertThat(json).contains("non-unique\":[\"/rc-test:top/low\",\"/rc-test:top/high\"]");
    }

    @Test
    void aPathInXmlDeclaresThePrefixesOfItsNames() {
        // Given
        var error = YangError.of(Failure.INVALID_CONFIGURATION, TOP, "not unique")
                .withInfo(new ErrorInfo(YANG, "non-unique", leaf("low")));
        // When
        var xml = document(error, Encoding.XML);
        // Then
        assertThat(xml)
                .contains("<error-path xmlns:rt=\"urn:rc-test\">/rt:top</error-path>")
                .contains("<non-unique xmlns=\"" + YANG + "\" xmlns:rt=\"urn:rc-test\">/rt:top/rt:low</non-unique>");
    }

    @Test
    void theRootIsNoInstanceIdentifier() {
        // Given
        var error = YangError.of(Failure.ACCESS_DENIED, DataPath.root(MODEL.root()), "no access");
        // Then
        assertThat(document(error, Encoding.JSON)).doesNotContain("error-path");
        assertThat(document(error, Encoding.XML)).doesNotContain("error-path");
    }
}
