// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.strategy.job.Optimizer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenOptionsTest {
    @ParameterizedTest
    @CsvSource({"7e9, 7e9", "7B, 7e9", "1.4T, 1.4e12", "350M, 350e6", "300b, 300e9", "12345, 12345", "1.5e3K, 1.5e6"})
    void numbersAreReadAsPeopleWriteThem(String text, double value) {
        var options = new WrittenOptions(Map.of("--tokens", text));
        assertEquals(value, options.number("--tokens", 1, 1e18).orElseThrow(), value * 1e-15);
        assertTrue(options.problems().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "B", "seven", "-7e9", "0", "NaN", "Infinity", "1e400", "0x7p3", "7d", "7BB", "1e19"})
    void whatIsNoNumberIsAProblem(String text) {
        var options = new WrittenOptions(Map.of("--tokens", text));
        assertEquals(1, options.number("--tokens", 1, 1e18).orElseThrow());
        assertEquals(1, options.problems().count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "0", "-1", "1025", "x"})
    void aWholeNumberIsNeitherBrokenNorTooLarge(String text) {
        var options = new WrittenOptions(Map.of("--tensor", text));
        assertEquals(1, options.whole("--tensor", 1024, 8));
        assertEquals(1, options.problems().count());
    }

    @Test
    void aMisspeltChoiceNamesTheNearest() {
        var options = new WrittenOptions(Map.of("--optimizer", "adm"));
        assertEquals(Optimizer.ADAM, options.choice("--optimizer", Optimizer.class, Optimizer.ADAM));
        assertEquals(
                "command line: --optimizer is \"adm\", but must be one of adam, adamw, adam-8bit, adafactor,"
                        + " lion, muon, momentum, sgd. Maybe"
                        + " adam.",
                options.problems().all().getFirst().message());
    }
}
