package io.auspex.assuranceengine;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class HealthPropertyTest {

    @Property
    void theOrderOfCombiningDoesNotMatter(
            @ForAll("healths") Health a, @ForAll("healths") Health b, @ForAll("healths") Health c) {
        // When
        Health left = Health.worse(Health.worse(a, b), c);

        // Then
        assertThat(Health.worse(a, Health.worse(b, c))).isEqualTo(left);
        assertThat(Health.worse(b, a)).isEqualTo(Health.worse(a, b));
        assertThat(Health.worse(a, a)).isEqualTo(a);
        assertThat(Health.worse(a, Health.PERFECT)).isEqualTo(a);
    }

    @Property
    void theWorstOfTwoKnownScoresIsTheLower(@ForAll("scores") Health.Score a, @ForAll("scores") Health.Score b) {
        // When
        Health worst = Health.worse(a, b);

        // Then
        assertThat(worst).isEqualTo(new Health.Score(Math.min(a.value(), b.value())));
    }

    @Property
    void unknownWinsOverAllButZero(@ForAll("scores") Health.Score score, @ForAll Health.Reason why) {
        // When
        Health worst = Health.worse(score, new Health.Unknown(why));

        // Then
        assertThat(worst.wireValue()).isEqualTo(score.value() == 0 ? 0 : -1);
    }

    @Property
    void aHealthSurvivesItsCode(@ForAll("healths") Health health) {
        // When
        byte code = HealthCode.encode(health);

        // Then
        assertThat(HealthCode.decode(code)).isEqualTo(health);
    }

    @Provide
    Arbitrary<Health.Score> scores() {
        return Arbitraries.integers().between(0, 100).map(Health.Score::new);
    }

    @Provide
    Arbitrary<Health> healths() {
        return Arbitraries.oneOf(
                scores().map(s -> s), Arbitraries.of(Health.Reason.class).map(Health.Unknown::new));
    }
}
