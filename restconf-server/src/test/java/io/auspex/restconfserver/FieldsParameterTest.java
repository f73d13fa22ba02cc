package io.auspex.restconfserver;

import static io.auspex.restconfserver.Models.MODEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.auspex.management.FieldSelection;
import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.SchemaNode;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsParameterTest {
    private static SchemaNode target(String path) throws YangException {
        return ApiPath.parse(path, MODEL).data().schema();
    }

    private static String text(FieldSelection selection) {
        return selection.children().entrySet().stream()
                .map(e -> e.getKey().name() + (e.getValue().isAll() ? "" : "(" + text(e.getValue()) + ")"))
                .sorted()
                .collect(Collectors.joining(";"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "artist | artist",
                "artist/name | artist(name)",
                "artist(name) | artist(name)",
                "artist(name;album(name;song/name)) | artist(album(name;song(name));name)",
                "artist/album(name);artist/name | artist(album(name);name)",
                "artist;artist/name | artist",
                "artist/name;artist | artist",
                "example-jukebox:artist/example-jukebox:album/year | artist(album(year))",
                "artist(album/name;album/year) | artist(album(name;year))"
            })
    void selectorsNest(String fields, String expected) throws YangException {
        // When
        var selection = FieldsParameter.parse(fields, target("example-jukebox:jukebox/library"));

        // Then
        assertThat(text(selection)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "(",
                "((((",
                "artist(",
                "artist()",
                "artist(name",
                "artist(name))",
                "artist)",
                ";",
                "artist;",
                ";artist",
                "/artist",
                "artist/",
                "artist//name",
                "nosuch",
                "artist/nosuch",
                "rc-test:artist",
                "artist=x",
                "artist/name/x",
                "artist/name(x)",
                "artist name",
                "artist(name)x",
                "artist(name)(album)"
            })
    void whatTheGrammarOrTheSchemaHasNotIsRefused(String fields) {
        // When
        var refused = catchThrowableOfType(
                YangException.class, () -> FieldsParameter.parse(fields, target("example-jukebox:jukebox/library")));

        // Then
        assertThat(refused.first().failure()).isEqualTo(Failure.BAD_PARAMETER);
        assertThat(refused.getMessage()).startsWith("fields: ");
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 100_000})
    void depthIsBounded(int depth) {
        // Given
        var fields = "artist/album(".repeat(depth);

        // When
        var refused = catchThrowableOfType(
                YangException.class, () -> FieldsParameter.parse(fields, target("example-jukebox:jukebox/library")));

        // Then
        assertThat(refused.first().failure()).isEqualTo(Failure.BAD_PARAMETER);
    }
}
