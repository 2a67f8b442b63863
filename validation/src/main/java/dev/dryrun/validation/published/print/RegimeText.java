// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.print;

import dev.dryrun.validation.published.measure.AcceleratorGeneration;
import dev.dryrun.validation.published.measure.HardwareByScale;
import dev.dryrun.validation.published.measure.JobScale;
import dev.dryrun.validation.published.measure.RegimeKind;
import dev.dryrun.validation.published.measure.RegimeScore;
import dev.dryrun.validation.published.measure.ScoredRun;
import java.util.List;
import java.util.Locale;

/// How far off predictions are by regime, and the matrix of hardware by scale.
final class RegimeText {
    private RegimeText() {}

    static void write(StringBuilder text, List<ScoredRun> runs) {
        List<RegimeScore> scores = RegimeScore.of(runs);
        if (scores.isEmpty()) {
            return;
        }
        text.append("\nBy regime, rows of quality A and B, each family that has some counting equally\n\n");
        var lines = new MeasureLines(text);
        lines.head("regime");
        RegimeKind kind = scores.getFirst().kind();
        for (RegimeScore score : scores) {
            if (score.kind() != kind) {
                text.append('\n');
                kind = score.kind();
            }
            lines.line(score.measures());
        }
        matrix(text, HardwareByScale.of(runs));
    }

    private static void matrix(StringBuilder text, HardwareByScale matrix) {
        text.append("\nMean error in percent (and rows), hardware by scale\n\n");
        text.append(String.format("%-20s", ""));
        for (JobScale scale : JobScale.values()) {
            text.append(String.format("%19s", scale.words()));
        }
        text.append('\n');
        for (AcceleratorGeneration hardware : matrix.hardware()) {
            var line = new StringBuilder(String.format("%-20s", hardware.words()));
            for (JobScale scale : JobScale.values()) {
                String cell = matrix.at(hardware, scale)
                        .map(measures -> String.format(
                                Locale.ROOT, "%s (%d)", MeasureLines.one(measures.mapePct()), measures.rows()))
                        .orElse("");
                line.append(String.format("%19s", cell));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
    }
}
