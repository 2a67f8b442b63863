// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.print.page;

import dev.dryrun.validation.published.measure.Prediction;
import dev.dryrun.validation.published.measure.RegimeKind;
import dev.dryrun.validation.published.measure.ScoredRun;
import dev.dryrun.validation.published.table.Column;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Rows with a measured and a predicted time as the page's charts take them.
final class PageData {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final MathContext FOUR_DIGITS = new MathContext(4);

    private PageData() {}

    /// JSON in which no `<` is left, so that nothing in it ends the script that it stands in.
    static String write(List<ScoredRun> runs) {
        var rows = MAPPER.createArrayNode();
        runs.stream()
                .filter(scored -> scored.errorPct().isPresent())
                .forEach(scored -> row(rows.addObject(), scored, Objects.requireNonNull(scored.prediction())));
        return MAPPER.writeValueAsString(rows).replace("<", "\\u003c");
    }

    private static void row(ObjectNode node, ScoredRun scored, Prediction prediction) {
        node.put("id", scored.run().id());
        node.put("family", scored.run().family());
        node.put("quality", scored.run().text(Column.QUALITY));
        node.put("source", scored.run().text(Column.SOURCE));
        for (RegimeKind kind : RegimeKind.values()) {
            node.put(kind.name().toLowerCase(Locale.ROOT), kind.of(scored));
        }
        node.put("job", RowWords.job(scored.run()));
        node.put("strategy", RowWords.strategy(scored));
        node.put("measured", rounded(scored.measuredSeconds().orElseThrow()));
        node.put("predicted", rounded(prediction.stepSeconds()));
        node.put("error", rounded(scored.errorPct().orElseThrow()));
        node.put("assumed", String.join("; ", scored.assumed()));
        ObjectNode parts = node.putObject("parts");
        StepShare.of(prediction).forEach(share -> parts.put(share.words(), rounded(share.pct())));
    }

    private static double rounded(double value) {
        return new BigDecimal(value, FOUR_DIGITS).doubleValue();
    }
}
