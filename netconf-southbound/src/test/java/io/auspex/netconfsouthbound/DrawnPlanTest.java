package io.auspex.netconfsouthbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DrawnPlanTest {
    private static final CollectionPlan OFTEN = new CollectionPlan(Set.of(), Duration.ofSeconds(1));
    private static final CollectionPlan SELDOM = new CollectionPlan(Set.of(), Duration.ofSeconds(60));

    private final DrawnPlan plan = new DrawnPlan();
    private final AtomicInteger draws = new AtomicInteger();
    private long drawnAt;

    @Test
    void nothingIsCollectedBeforeTheFirstDrawing() {
        assertThat(plan.draw()).isSameAs(CollectionPlan.NOTHING);
        assertThat(plan.untilDue(System.nanoTime())).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whatIsOutdatedIsDrawnOnce() {
        // Given
        plan.outdated(() -> drawn(OFTEN));

        // When
        var first = plan.draw();
        var second = plan.draw();

        // Then
        assertThat(first).isSameAs(OFTEN).isSameAs(second);
        assertThat(draws).hasValue(1);
    }

    @Test
    void drawingTakesAtMostATenthOfTheTime() {
        // Given
        plan.outdated(() -> drawnAfter(Duration.ofMillis(20)));
        plan.draw();

        // When
        plan.outdated(() -> drawn(SELDOM));

        // Then
        assertThat(plan.untilDue(drawnAt)).isGreaterThan(Duration.ofMillis(100).toNanos());
        assertThat(plan.untilDue(drawnAt + Duration.ofHours(1).toNanos())).isNegative();
    }

    @Test
    void aDrawingThatHadToWaitDelaysTheNextByTwoSecondsAtMost() {
        // Given
        plan.outdated(() -> drawnAfter(Duration.ofMillis(400)));
        plan.draw();

        // When
        plan.outdated(() -> drawn(SELDOM));

        // Then
        assertThat(plan.untilDue(System.nanoTime()))
                .isLessThanOrEqualTo(Duration.ofSeconds(2).toNanos());
    }

    private CollectionPlan drawnAfter(Duration time) {
        var end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        drawnAt = end;
        return drawn(OFTEN);
    }

    @Test
    void theOldPlanStaysWhereDrawingFailsUntilItSucceeds() {
        // Given
        plan.outdated(() -> drawn(OFTEN));
        plan.draw();
        plan.outdated(() -> {
            if (draws.incrementAndGet() == 2) {
                throw new IllegalStateException("for the test");
            }
            return SELDOM;
        });

        // When, Then
        assertThatThrownBy(this::drawWhenDue).hasMessage("for the test");
        assertThat(plan.untilDue(System.nanoTime())).isLessThan(Long.MAX_VALUE);
        assertThat(drawWhenDue()).isSameAs(SELDOM);
    }

    @Test
    void whatIsOutdatedAgainWhileDrawingFailsIsDrawnInTheNewWay() {
        // Given
        plan.outdated(() -> {
            plan.outdated(() -> drawn(SELDOM));
            throw new IllegalStateException("for the test");
        });

        // When, Then
        assertThatThrownBy(this::drawWhenDue).hasMessage("for the test");
        assertThat(drawWhenDue()).isSameAs(SELDOM);
    }

    private CollectionPlan drawWhenDue() {
        while (plan.untilDue(System.nanoTime()) > 0) {
            Thread.onSpinWait();
        }
        return plan.draw();
    }

    private CollectionPlan drawn(CollectionPlan drawn) {
        draws.incrementAndGet();
        return drawn;
    }
}
