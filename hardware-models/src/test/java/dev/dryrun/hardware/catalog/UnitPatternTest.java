// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The pattern of a unit takes exactly what its reader takes.
class UnitPatternTest {
    private static final List<String> PREFIXES =
            List.of("", "k", "K", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei", "m", "x");
    private static final List<String> UNITS = List.of(
            "B", "b", "bit", "bits", "B/s", "b/s", "bit/s", "FLOP/s", "FLOPS", "FLOP", "Hz", "W", "USD/h", "USD", "ns",
            "us", "\u00b5s", "\u03bcs", "ms", "s", "min", "h", "d", "/s", "");
    private static final List<String> NUMBERS =
            List.of("1", "1.5", ".5", "1.", "+2", "1e3", "2E+2", "3e-2", "", ".", "e3", "1e", "one", "1,5", "1 2");

    @ParameterizedTest
    @EnumSource
    void unitsAndPrefixes(Unit unit) {
        Pattern pattern = Pattern.compile(unit.pattern());
        for (String prefix : PREFIXES) {
            for (String name : UNITS) {
                String written = "7 " + prefix + name;
                assertEquals(isRead(written, unit), pattern.matcher(written).find(), written);
            }
        }
        assertTrue(pattern.matcher(unit.example()).find());
    }

    @ParameterizedTest
    @EnumSource
    void numbersAndSpaces(Unit unit) {
        Pattern pattern = Pattern.compile(unit.pattern());
        String name = unit.example().substring(unit.example().indexOf(' ') + 1);
        for (String number : NUMBERS) {
            for (String space : List.of("", " ", "  ")) {
                String written = number + space + name;
                assertEquals(isRead(written, unit), pattern.matcher(written).find(), written);
            }
        }
    }

    private static boolean isRead(String written, Unit unit) {
        return !Double.isNaN(Quantity.parse(written).in(unit));
    }
}
