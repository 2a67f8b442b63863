// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.collective.print;

import dev.dryrun.validation.published.collective.measure.CollectiveScoreboard;
import dev.dryrun.validation.published.collective.measure.Errors;
import dev.dryrun.validation.published.collective.measure.RegimeScore;
import dev.dryrun.validation.published.collective.measure.ScoredCollective;
import dev.dryrun.validation.published.collective.measure.SystemScore;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The scoreboard in the form `dryrun/validation/1`; a family is a system. Suspicious rows are in `rows`, with their
/// reason, but in none of the figures.
public final class CollectiveJson {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final MathContext SIX_DIGITS = new MathContext(6);
    private static final double MICROSECONDS = 1e6;

    private CollectiveJson() {}

    public static String write(CollectiveScoreboard board) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("schema", "dryrun/validation/1");
        var families = root.putArray("families");
        board.systems().forEach(system -> family(families.addObject(), system));
        overall(root.putObject("overall"), board);
        var rows = root.putArray("rows");
        board.rows().forEach(scored -> row(rows.addObject(), scored));
        return MAPPER.writeValueAsString(root) + "\n";
    }

    private static void family(ObjectNode node, SystemScore system) {
        node.put("family", system.system());
        node.put("rows", system.rows());
        node.put("simulated", system.predicted());
        system.all().ifPresent(errors -> errors(node, errors));
        var regimes = node.putArray("regimes");
        system.regimes().forEach((regime, errors) -> {
            ObjectNode one = regimes.addObject();
            one.put("regime", regime.title());
            one.put("rows", errors.rows());
            errors(one, errors);
        });
    }

    private static void errors(ObjectNode node, Errors errors) {
        percent(node, "mape_pct", errors.mean());
        percent(node, "median_pct", errors.median());
        percent(node, "p90_pct", errors.p90());
        percent(node, "bias_pct", errors.bias());
    }

    private static void overall(ObjectNode node, CollectiveScoreboard board) {
        node.put("rows", board.rows().size());
        node.put(
                "simulated",
                board.rows().stream().filter(ScoredCollective::predicted).count());
        List<Errors> systems = board.systems().stream()
                .map(SystemScore::all)
                .flatMap(Optional::stream)
                .toList();
        if (!systems.isEmpty()) {
            percent(node, "mape_pct", mean(systems, Errors::mean));
            percent(node, "median_pct", mean(systems, Errors::median));
            percent(node, "p90_pct", mean(systems, Errors::p90));
            percent(node, "bias_pct", mean(systems, Errors::bias));
        }
        var regimes = node.putArray("regimes");
        for (RegimeScore score : board.regimes()) {
            ObjectNode one = regimes.addObject();
            one.put("regime", score.regime().title());
            one.put("families", score.systems());
            percent(one, "mape_pct", score.mean());
            percent(one, "bias_pct", score.bias());
            one.put("worst_family", score.worst());
            percent(one, "worst_mape_pct", score.worstMean());
        }
    }

    private static double mean(List<Errors> systems, ToDoubleFunction<Errors> figure) {
        return systems.stream().mapToDouble(figure).average().orElseThrow();
    }

    private static void row(ObjectNode node, ScoredCollective scored) {
        node.put("id", scored.row().id());
        node.put("family", scored.row().system());
        node.put("metric", scored.row().sweep().collective());
        node.put("unit", "us");
        number(node, "measured", scored.row().seconds() * MICROSECONDS);
        node.put("message_bytes", Math.round(scored.row().bytes()));
        if (scored.predicted()) {
            number(node, "predicted", scored.predictedSeconds().orElseThrow() * MICROSECONDS);
            percent(node, "error_pct", scored.error());
            node.put("algorithm", scored.algorithm());
        } else {
            node.put("skipped", scored.skipped());
        }
        if (!scored.row().suspicious().isEmpty()) {
            node.put("suspicious", scored.row().suspicious());
        }
    }

    private static void percent(ObjectNode node, String key, double share) {
        number(node, key, 100 * share);
    }

    /// Six significant digits: more than any of the measured values has, and the same on every machine.
    private static void number(ObjectNode node, String key, double value) {
        node.put(key, new BigDecimal(value, SIX_DIGITS).doubleValue());
    }
}
