// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaperTest {
    @Test
    void barsAreAsLongAsTheirShare() {
        assertEquals("#####.....          ", Paper.PLAIN.bar(0.25, 0.5, 20));
        assertEquals(" ".repeat(20), Paper.PLAIN.bar(0, 0, 20));
        assertEquals("#" + " ".repeat(19), Paper.PLAIN.bar(0.004, 0, 20));
        assertEquals("#".repeat(20), Paper.PLAIN.bar(1.7, 2, 20));
    }

    @Test
    void signsFollowTheCharset() {
        assertTrue(Paper.of(false, StandardCharsets.UTF_8).bar(0.5, 0.5, 2).startsWith("\u2588"));
        assertTrue(Paper.of(false, StandardCharsets.US_ASCII).bar(0.5, 0.5, 2).startsWith("#"));
        assertEquals(
                "\u001b[1mx\u001b[0m", Paper.of(true, StandardCharsets.US_ASCII).bold("x"));
        assertEquals("x", Paper.PLAIN.bold("x"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        0        | 0 s
        12.345   | 12.3 s
        0.98765  | 988 ms
        0.000012 | 12.0 us
        123456   | 123,456 s
        """)
    void secondsHaveThreeDigits(double seconds, String shown) {
        assertEquals(shown, Amount.seconds(seconds));
    }
}
