// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MagnitudeTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "20, 20",
        "999.4, 999",
        "999.6, 1.00 thousand",
        "6738415616, 6.74 billion",
        "999.7e9, 1.00 trillion",
        "15e12, 15.0 trillion",
        "1e16, 1.00e16"
    })
    void countsHaveAWord(double value, String text) {
        assertEquals(text, Magnitude.count(value));
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "0.625, 0.63 B", "2, 2 B", "1023.6, 1.00 KiB", "524288, 512 KiB", "1e12, 931 GiB"})
    void bytesHaveBinaryPrefixes(double value, String text) {
        assertEquals(text, Magnitude.bytes(value));
    }

    @ParameterizedTest
    @CsvSource({"6, 6.00e0", "3.14e23, 3.14e23", "1e100, 1.00e100", "2.5e-9, 2.50e-9", "1e10, 1.00e10"})
    void exponentsHaveNoZeros(double value, String text) {
        assertEquals(text, Magnitude.scientific(value));
    }
}
