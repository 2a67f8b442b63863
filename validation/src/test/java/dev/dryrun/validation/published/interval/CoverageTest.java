// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.interval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CoverageTest {
    /// Two intervals of +-0.1, errors inside and 0.1 outside: score (2 * 0.2 + 2/0.2 * 0.1) / 2.
    @Test
    void whatLiesOutsideCostsTenfoldAtEightyPercent() {
        Coverage coverage = Coverage.of(new double[] {0.05, -0.2}, new double[] {0.1, 0.1}, 0.8);
        assertEquals(2, coverage.rows());
        assertEquals(50, coverage.coveredPct(), 1e-9);
        assertEquals(100 * Math.expm1(0.2), coverage.widthPct(), 1e-9);
        assertEquals(70, coverage.score(), 1e-9);
    }
}
