// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.print;

import dev.dryrun.validation.published.measure.HardwareByScale;
import dev.dryrun.validation.published.measure.RegimeScore;
import dev.dryrun.validation.published.measure.ScoredRun;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/// The figures by regime (`regimes`), and of hardware by scale (`matrix`).
final class RegimeJson {
    private RegimeJson() {}

    static void write(ObjectNode root, List<ScoredRun> runs) {
        var regimes = root.putArray("regimes");
        for (RegimeScore score : RegimeScore.of(runs)) {
            ObjectNode node = regimes.addObject();
            node.put("kind", score.kind().name().toLowerCase(Locale.ROOT));
            node.put("regime", score.measures().family());
            node.put("families", score.families());
            ScoreboardJson.measures(node, score.measures());
        }
        var matrix = root.putArray("matrix");
        for (HardwareByScale.Cell cell : HardwareByScale.of(runs).cells()) {
            ObjectNode node = matrix.addObject();
            node.put("hardware", cell.hardware().words());
            node.put("scale", cell.scale().words());
            ScoreboardJson.measures(node, cell.measures());
        }
    }
}
