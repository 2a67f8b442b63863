// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitTest {
    @ParameterizedTest
    @CsvSource({
        "400 Gb/s, BYTES_PER_SECOND, 50e9",
        "25 GB/s, BYTES_PER_SECOND, 25e9",
        "25 GiB/s, BYTES_PER_SECOND, 26843545600",
        "80 GiB, BYTES, 85899345920",
        "80GB, BYTES, 80e9",
        "5 EB, BYTES, 5e18",
        "12 kbit, BYTES, 1500",
        "1.5e3 B, BYTES, 1500",
        "5 us, SECONDS, 5e-6",
        "2 h, SECONDS, 7200",
        "312 TFLOP/s, FLOPS_PER_SECOND, 312e12",
        "312 TFLOPS, FLOPS_PER_SECOND, 312e12",
        "1410 MHz, HERTZ, 1.41e9",
        "0.4 kW, WATTS, 400",
        "2.50 USD/h, USD_PER_HOUR, 2.5",
    })
    void quantitiesAreReadWithTheirPrefix(String text, Unit unit, double expected) {
        assertEquals(expected, Quantity.parse(text).in(unit), 1e-12 * expected);
    }

    @ParameterizedTest
    @CsvSource({
        "5 GB, SECONDS",
        "5 Xb/s, BYTES_PER_SECOND",
        "5 GB, BYTES_PER_SECOND",
        "5, BYTES",
        "x GB, BYTES",
        "--5 GB, BYTES",
        "NaN GB, BYTES"
    })
    void otherTextsAreNone(String text, Unit unit) {
        assertTrue(Double.isNaN(Quantity.parse(text).in(unit)));
    }

    @Test
    void theExampleOfEveryUnitIsOne() {
        for (Unit unit : Unit.values()) {
            assertTrue(Quantity.parse(unit.example()).in(unit) > 0, unit.example());
        }
    }
}
