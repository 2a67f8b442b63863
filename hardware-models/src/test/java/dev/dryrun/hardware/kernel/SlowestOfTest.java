// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlowestOfTest {
    @ParameterizedTest
    @CsvSource({ // percentage points of the standard normal distribution, to the digits that tables print
        "0.5, 0",
        "0.8413447460685429, 1",
        "0.9772498680518208, 2",
        "0.9986501019683699, 3",
        "0.975, 1.959963984540054",
        "0.995, 2.575829303548901",
        "0.001, -3.090232306167814"
    })
    void quantilesOfTheTables(double probability, double z) {
        assertEquals(z, NormalQuantile.at(probability), 1.2e-9 * Math.max(1, Math.abs(z)));
    }

    @Test
    void probabilitiesOutsideAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> NormalQuantile.at(0));
        assertThrows(IllegalArgumentException.class, () -> NormalQuantile.at(1));
        assertThrows(IllegalArgumentException.class, () -> NormalQuantile.at(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> SlowestOf.speed(0.01, 0));
    }

    @Test
    void aloneItIsTheAverage() {
        assertEquals(1, SlowestOf.speed(0.012, 1), 1e-15);
    }

    @Test
    void theSlowerOfTwo() {
        // E max of two standard normal draws is 1/sqrt(pi) = 0.5642; Blom's formula is within 5 % of it there.
        assertEquals(1 - 0.01 / Math.sqrt(Math.PI), SlowestOf.speed(0.01, 2), 0.05 * 0.0057);
    }

    @Test
    void moreMeansSlower() {
        double last = 2;
        for (int n = 1; n <= 100_000; n *= 10) {
            double speed = SlowestOf.speed(0.012, n);
            assertTrue(speed < last);
            last = speed;
        }
    }

    @Test
    void agreesWithDraws() {
        // The mean of 4000 smallest of 256 has a standard error of 0.0066 sigma (their spread is 0.42 sigma); three of
        // them and 1 % of z for the formula are allowed.
        var random = new Random(7);
        double sum = 0;
        for (int i = 0; i < 4000; i++) {
            double smallest = 0;
            for (int j = 0; j < 256; j++) {
                smallest = Math.min(smallest, random.nextGaussian());
            }
            sum += smallest / 4000;
        }
        assertEquals(1 + sum, SlowestOf.speed(1, 256), 3 * 0.0066 + 0.01 * 2.8);
    }
}
