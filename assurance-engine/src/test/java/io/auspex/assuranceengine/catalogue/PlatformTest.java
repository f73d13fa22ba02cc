package io.auspex.assuranceengine.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {
    private static final Platform DEVICE = new Platform("Acme", "R-2000", "AcOS", "7.10.3");

    @ParameterizedTest
    @CsvSource({
        "R-2000, true",
        "r-*, true",
        "*2000, true",
        "R*0*0, true",
        "*, true",
        "R-200, false",
        "X*, false",
        "R-2000?, false"
    })
    void starsStandForAnyCharacters(String pattern, boolean fits) {
        Platform wanted = new Platform(null, pattern, null, null);

        assertThat(wanted.mayBe(DEVICE)).isEqualTo(fits);
        assertThat(wanted.fit(DEVICE)).isEqualTo(fits ? 1 : 0);
    }

    @Test
    void whatAsksForMoreFitsBetter() {
        assertThat(Platform.ANY.fit(DEVICE)).isZero();
        assertThat(new Platform("acme", null, null, null).fit(DEVICE)).isEqualTo(1);
        assertThat(new Platform("acme", null, "acos", "7.*").fit(DEVICE)).isEqualTo(3);
        assertThat(new Platform("acme", null, "acos", "6.*").fit(DEVICE)).isZero();
    }

    @Test
    void whatIsNotKnownOfADeviceSpeaksNeitherForNorAgainstAnImplementation() {
        Platform wanted = new Platform("acme", null, null, "7.*");
        Platform vendorAlone = new Platform("Acme", null, null, null);

        assertThat(wanted.mayBe(vendorAlone)).isTrue();
        assertThat(wanted.fit(vendorAlone)).isZero();
        assertThat(wanted.mayBe(new Platform("Other", null, null, null))).isFalse();
        assertThat(wanted.mayBe(Platform.ANY)).isTrue();
    }

    @Test
    void aHostilePatternTakesNoLongerThanItsLengthAllows() {
        Platform wanted = new Platform("*a".repeat(200) + "b", null, null, null);
        Platform device = new Platform("a".repeat(20_000), null, null, null);

        assertThat(assertTimeoutPreemptively(Duration.ofSeconds(5), () -> wanted.mayBe(device)))
                .isFalse();
    }
}
