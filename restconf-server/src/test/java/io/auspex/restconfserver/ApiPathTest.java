package io.auspex.restconfserver;

import static io.auspex.restconfserver.Models.MODEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.auspex.yang.error.Failure;
import io.auspex.yang.error.YangException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiPathTest {
    private static final String ARTIST = "example-jukebox:jukebox/library/artist";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "example-jukebox:jukebox | /example-jukebox:jukebox",
                "example-jukebox:jukebox/example-jukebox:library | /example-jukebox:jukebox/library",
                "rc-test:top/entry=a,b%2Cc,d | /rc-test:top/entry[a='a'][b='b,c'][c='d']",
                "rc-test:top/entry=,,foo | /rc-test:top/entry[a=''][b=''][c='foo']",
                "rc-test:top/entry=%2C%27%22%3A%22%20%2F,,x | /rc-test:top/entry[a=\",'\":\" /\"][b=''][c='x']",
                "rc-test:top/entry=a=b,c,d | /rc-test:top/entry[a='a=b'][b='c'][c='d']",
                "rc-test:top/tag=a%2Fb | /rc-test:top/tag[.='a/b']",
                "rc-test:top/tag= | /rc-test:top/tag[.='']",
                "rc-test:top/row=01 | /rc-test:top/row[id='1']",
                "rc-test:top/row | /rc-test:top/row",
                "rc-test:top/entry=%C3%A9,b,c/val | /rc-test:top/entry[a='é'][b='b'][c='c']/val",
                "rc-test:top/entry=%2541,b,c | /rc-test:top/entry[a='%41'][b='b'][c='c']",
                "rc-test:top/entry=a+b,b,c | /rc-test:top/entry[a='a+b'][b='b'][c='c']"
            })
    void aPathIsReadAsRfc8040Section3_5_3SaysIt(String raw, String expected) throws YangException {
        // When
        var path = ApiPath.parse(raw, MODEL);

        // Then
        assertThat(path.action()).isNull();
        assertThat(path.data()).hasToString(expected.replace("'\":\" /\"]", "'\":\" /\"]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jukebox",
                "nosuch:top",
                "rc-test:nosuch",
                ":top",
                "rc-test:",
                "",
                "rc-test:top/mtu=5",
                "rc-test:top/mtu/foo",
                "rc-test:top=1",
                "rc-test:top/row=x",
                "rc-test:top/row=1,2",
                "rc-test:top/row/text",
                "rc-test:top/entry=a,b",
                "rc-test:top/entry=a,b,c,d",
                "rc-test:top/entry=a,b,c,",
                "rc-test:top/tag=a,b",
                "rc-test:top//mtu",
                "rc-test:top/../top",
                "rc-test:top/.",
                "rc-test:top/entry=%00,b,c",
                "rc-test:top/entry=%,b,c",
                "rc-test:top/entry=%4,b,c",
                "rc-test:top/entry=%zz,b,c",
                "rc-test:top/entry=%C0%80,b,c",
                "rc-test:top/entry=%ED%A0%80,b,c",
                "rc-test:top/entry=%FF,b,c",
                "rc-test:top/entry=..%2f..",
                "rc-test:top%2Fmtu",
                "rc-test:top/state/sample=1",
                "rc-test:echo",
                "rc-test:top/entry=a,b,c/bump/now"
            })
    void aPathThatNamesNoNodeIsRefused(String raw) {
        // When
        var refused = catchThrowableOfType(YangException.class, () -> ApiPath.parse(raw.isEmpty() ? "/" : raw, MODEL));

        // Then
        assertThat(refused.first().failure()).isEqualTo(Failure.BAD_TARGET);
    }

    @Test
    void anActionIsFoundBelowItsNode() throws YangException {
        // When
        var path = ApiPath.parse("rc-test:top/entry=a,b,c/bump", MODEL);

        // Then
        assertThat(path.data()).hasToString("/rc-test:top/entry[a='a'][b='b'][c='c']");
        assertThat(path.action()).isNotNull().extracting(a -> a.name()).isEqualTo("bump");
    }

    @Test
    void theMessageNamesTheKeysThatAreExpected() {
        // When
        var refused = catchThrowableOfType(YangException.class, () -> ApiPath.parse("rc-test:top/entry=a,b", MODEL));

        // Then
        assertThat(refused)
                .hasMessage("/rc-test:top/entry has 3 key values (a,b,c), the path 2; "
                        + "a comma within a value is written %2C");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/rc-test:top/entry=%2C%27%22%3A%22%20%2F,,foo",
                "/rc-test:top/tag=a%2Fb",
                "/rc-test:top/entry=%C3%A9,b,c/val",
                "/" + ARTIST + "=Foo%20Fighters"
            })
    void aPathIsWrittenAsItIsRead(String raw) throws YangException {
        // When
        var path = ApiPath.parse(raw.substring(1), MODEL).data();

        // Then
        assertThat(ApiPath.of(path)).isEqualTo(raw);
    }
}
