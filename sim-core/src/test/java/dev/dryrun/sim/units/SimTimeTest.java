// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.units;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimTimeTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1e-9, 1",
        "0.4e-9, 0",
        "0.6e-9, 1",
        "2.5e-6, 2500",
        "1.9999999996, 2000000000",
        "86400, 86400000000000"
    })
    void roundsToTheNearestNanosecond(double seconds, long nanos) {
        assertEquals(nanos, SimTime.toNanos(seconds));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 999, 1_000_000_000L, 86_400_000_000_000L, 7_776_000_000_000_001L})
    void ticksUpToMonthsComeBackAsTheyWere(long nanos) {
        assertEquals(nanos, SimTime.toNanos(SimTime.toSeconds(nanos)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1e-9, Double.NaN, Double.POSITIVE_INFINITY, 2.4e9})
    void rejectsWhatIsNoDuration(double seconds) {
        assertThrows(IllegalArgumentException.class, () -> SimTime.toNanos(seconds));
    }

    @Test
    void acceptsDecades() {
        assertEquals(2_000_000_000_000_000_000L, SimTime.toNanos(2e9));
    }
}
