package io.auspex.restconfserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.auspex.restconfserver.http.Accept;
import io.auspex.restconfserver.http.MediaType;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.SchemaNode;
import java.util.List;

/** Jazzer targets for what a client says outside of content: whatever it is, the outcome is a value or a YangException. */
class RequestFuzzTest {
    private static final ModelContext MODEL = Models.MODEL;
    private static final SchemaNode TOP = MODEL.root().child("rc-test", "top").orElseThrow();
    private static final int MAX = 4096;

    @FuzzTest
    void anApiPathNamesANodeThatIsWrittenAndReadBack(FuzzedDataProvider data) throws YangException {
        ApiPath path;
        try {
            path = ApiPath.parse(data.consumeString(MAX), MODEL);
        } catch (YangException refused) {
            assertThat(refused.first().message()).isNotBlank();
            return;
        }
        var text = ApiPath.of(path.data());
        assertThat(ApiPath.parse(text.isEmpty() ? "" : text.substring(1), MODEL).data())
                .isEqualTo(path.data());
    }

    @FuzzTest
    void fieldsSelectOrAreRefused(FuzzedDataProvider data) {
        try {
            assertThat(FieldsParameter.parse(data.consumeString(MAX), TOP)).isNotNull();
        } catch (YangException refused) {
            assertThat(refused.first().message()).contains("fields");
        }
    }

    @FuzzTest
    void queriesAreParametersOrRefused(FuzzedDataProvider data) {
        try {
            var query = QueryParameters.of(data.consumeString(MAX));
            assertThat(PageParams.of(query, TOP, false, MODEL))
                    .satisfiesAnyOf(
                            page -> assertThat(page).isNull(),
                            page -> assertThat(page).isNotNull());
        } catch (YangException refused) {
            assertThat(refused.first().message()).isNotBlank();
        }
    }

    @FuzzTest
    void mediaTypesAreReadOrIgnored(FuzzedDataProvider data) {
        var text = data.consumeString(MAX);
        assertThat(Accept.of(List.of(text)).quality("application/yang-data+json"))
                .isBetween(0.0, 1.0);
        MediaType.parse(text).ifPresent(type -> assertThat(type.name()).contains("/"));
    }
}
