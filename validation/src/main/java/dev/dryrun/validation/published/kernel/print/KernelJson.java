// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.kernel.print;

import dev.dryrun.validation.published.kernel.measure.KernelErrors;
import dev.dryrun.validation.published.kernel.measure.KernelScoreboard;
import dev.dryrun.validation.published.kernel.measure.ScoredKernel;
import dev.dryrun.validation.published.kernel.measure.TimeRegime;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The scoreboard in the form `dryrun/validation/1`; a family is a file. `groups` has the same by accelerator, kind and
/// part in the fit.
public final class KernelJson {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final MathContext SIX_DIGITS = new MathContext(6);

    private KernelJson() {}

    public static String write(KernelScoreboard board) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("schema", "dryrun/validation/1");
        var families = root.putArray("families");
        board.files().forEach((file, rows) -> {
            ObjectNode family = families.addObject();
            family.put("family", file);
            figures(family, rows);
        });
        ObjectNode overall = root.putObject("overall");
        overall.put("rows", board.rows().size());
        overall.put(
                "simulated",
                board.rows().stream().filter(ScoredKernel::predicted).count());
        List<KernelErrors> files = board.files().values().stream()
                .map(KernelErrors::of)
                .flatMap(Optional::stream)
                .toList();
        if (!files.isEmpty()) {
            percent(overall, "mape_pct", mean(files, KernelErrors::mean));
            percent(overall, "median_pct", mean(files, KernelErrors::median));
            percent(overall, "p90_pct", mean(files, KernelErrors::p90));
            percent(overall, "bias_pct", mean(files, KernelErrors::bias));
        }
        var groups = root.putArray("groups");
        board.groups().forEach((group, rows) -> {
            ObjectNode node = groups.addObject();
            node.put("accelerator", group.accelerator());
            node.put("kind", group.kind().title());
            node.put("role", group.role().title());
            figures(node, rows);
        });
        ArrayNode rows = root.putArray("rows");
        board.rows().forEach(scored -> row(rows.addObject(), scored));
        return MAPPER.writeValueAsString(root) + "\n";
    }

    private static void figures(ObjectNode node, List<ScoredKernel> rows) {
        node.put("rows", rows.size());
        node.put("simulated", rows.stream().filter(ScoredKernel::predicted).count());
        KernelErrors.of(rows).ifPresent(errors -> errors(node, errors));
        var regimes = node.putArray("regimes");
        for (TimeRegime regime : TimeRegime.values()) {
            KernelErrors.of(rows.stream().filter(row -> row.regime() == regime).toList())
                    .ifPresent(errors -> {
                        ObjectNode one = regimes.addObject();
                        one.put("regime", regime.title());
                        one.put("rows", errors.rows());
                        errors(one, errors);
                    });
        }
    }

    private static void errors(ObjectNode node, KernelErrors errors) {
        percent(node, "mape_pct", errors.mean());
        percent(node, "median_pct", errors.median());
        percent(node, "p90_pct", errors.p90());
        percent(node, "bias_pct", errors.bias());
    }

    private static double mean(List<KernelErrors> files, ToDoubleFunction<KernelErrors> figure) {
        return files.stream().mapToDouble(figure).average().orElseThrow();
    }

    private static void row(ObjectNode node, ScoredKernel scored) {
        node.put(
                "id",
                scored.row().file() + ":" + scored.row().line() + ":"
                        + scored.row().operation());
        node.put("family", scored.row().file());
        node.put("metric", scored.row().work().kind().title());
        node.put("accelerator", scored.accelerator());
        node.put("role", scored.role().title());
        node.put("unit", "us");
        number(node, "measured", 1e6 * scored.row().seconds());
        if (scored.predicted()) {
            number(node, "predicted", 1e6 * scored.predictedSeconds().orElseThrow());
            percent(node, "error_pct", scored.error());
        } else {
            node.put("skipped", scored.skipped());
        }
    }

    private static void percent(ObjectNode node, String key, double share) {
        number(node, key, 100 * share);
    }

    private static void number(ObjectNode node, String key, double value) {
        node.put(key, new BigDecimal(value, SIX_DIGITS).doubleValue());
    }
}
