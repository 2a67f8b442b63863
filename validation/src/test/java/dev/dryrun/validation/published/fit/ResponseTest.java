// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.fit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.dryrun.sim.random.RandomStreams;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

class ResponseTest {
    private static final double ROUNDING = 1e-9;

    /// A parabola through three of its points is that parabola; beyond them it goes on by the tangent.
    @RepeatedTest(50)
    void aParabolaIsMetBetweenThePointsAndItsTangentBeyond(RepetitionInfo repetition) {
        RandomGenerator random = new RandomStreams(1, repetition.getCurrentRepetition()).stream("response", 0);
        double curve = random.nextDouble(-2, 2);
        double slope = random.nextDouble(-2, 2);
        double left = random.nextDouble(-3, -1);
        double middle = random.nextDouble(-1, 1);
        double right = random.nextDouble(1, 3);
        double[] at = {left, middle, right};
        double[] seconds = new double[3];
        for (int i = 0; i < 3; i++) {
            seconds[i] = curve * at[i] * at[i] + slope * at[i];
        }
        var response = new Response(at, seconds);
        double between = random.nextDouble(left, right);
        assertEquals(curve * between * between + slope * between, response.secondsAt(between), ROUNDING);
        double beyond = right + 2;
        double tangent = seconds[2] + (2 * curve * right + slope) * 2;
        assertEquals(tangent, response.secondsAt(beyond), ROUNDING);
        double before = left - 1;
        assertEquals(seconds[0] - (2 * curve * left + slope), response.secondsAt(before), ROUNDING);
    }

    @RepeatedTest(5)
    void twoPointsGiveALine(RepetitionInfo repetition) {
        double slope = repetition.getCurrentRepetition();
        var response = new Response(new double[] {0, 1}, new double[] {0, slope});
        assertEquals(slope * 4, response.secondsAt(4), ROUNDING);
        assertEquals(slope * -4, response.secondsAt(-4), ROUNDING);
    }
}
