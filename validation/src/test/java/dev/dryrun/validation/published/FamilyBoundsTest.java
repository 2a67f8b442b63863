// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.validation.published.measure.FamilyScore;
import dev.dryrun.validation.published.measure.Measures;
import dev.dryrun.validation.published.table.CsvLines;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// No family's predictions get worse in silence: its mean error stays within the bound that `bounds.csv` records, and
/// one point of grace for changes that move many families a little. A bound is the mean error, rounded up, of when it
/// was recorded; lower it where predictions got better.
class FamilyBoundsTest {
    private static final double GRACE_PCT = 1;

    @TestFactory
    List<DynamicTest> meanErrorStaysWithinTheRecordedBound() throws IOException {
        Map<String, Double> bounds = bounds();
        return FullScoreboard.board().families().stream()
                .map(FamilyScore::measures)
                .map(measures -> DynamicTest.dynamicTest(
                        measures.family(), () -> holds(measures, bounds.get(measures.family()))))
                .toList();
    }

    private static void holds(Measures measures, double boundPct) {
        double mean = measures.mapePct().orElseThrow();
        assertTrue(
                mean <= boundPct + GRACE_PCT,
                () -> ("%s is %.2f %% off on the mean, and its bound is %.1f + %.0f. If predictions of other families"
                    + " are worth it, raise the bound in bounds.csv and say why under \"Predictions changed\" in"
                    + " CHANGELOG.md.")
                        .formatted(measures.family(), mean, boundPct, GRACE_PCT));
    }

    @Test
    void everyFamilyHasABoundAndEveryRowAPrediction() throws IOException {
        List<String> families = FullScoreboard.board().families().stream()
                .map(family -> family.measures().family())
                .toList();
        assertEquals(families, List.copyOf(bounds().keySet()));
        FullScoreboard.board()
                .runs()
                .forEach(scored ->
                        assertEquals("", scored.skipped(), scored.run().id()));
    }

    private static Map<String, Double> bounds() throws IOException {
        Map<String, Double> bounds = new LinkedHashMap<>();
        try (var stream = FamilyBoundsTest.class.getResourceAsStream("bounds.csv")) {
            for (CsvLines.Line line :
                    CsvLines.read("bounds.csv", stream).stream().skip(1).toList()) {
                bounds.put(line.cells().get(0), Double.valueOf(line.cells().get(1)));
            }
        }
        return bounds;
    }
}
