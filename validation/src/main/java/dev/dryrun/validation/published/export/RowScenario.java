// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.export;

import dev.dryrun.scenario.spec.PlainBlocks;
import dev.dryrun.scenario.spec.ScenarioReader;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.validation.published.mapping.JobSketch;
import dev.dryrun.validation.published.simulate.StepSimulator;
import dev.dryrun.validation.published.table.Column;
import dev.dryrun.validation.published.table.MeasuredRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A measured row as a scenario file, which reads as the very job that is validated.
final class RowScenario {
    private final StepSimulator simulator;
    private final ModelBlock models;

    RowScenario(StepSimulator simulator) {
        this.simulator = simulator;
        models = new ModelBlock(simulator.models());
    }

    /// @param assumed what the row left open
    /// @throws IllegalArgumentException where the row is no job, or no scenario can say it
    String write(MeasuredRun run, JobSketch sketch, List<String> assumed) {
        TrainingJob job = simulator.job(sketch);
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("schema", ScenarioReader.SCHEMA);
        root.put("name", sketch.name());
        root.put("model", models.of(sketch.model(), run.text(Column.MODEL)));
        root.put("cluster", ClusterBlock.of(sketch, job, simulator.node(sketch.node())));
        root.put("training", PlainBlocks.training(sketch.training()));
        root.put(
                "strategy",
                PlainBlocks.strategy(
                        WrittenLayers.of(sketch.strategy(), sketch.model().layers())));
        root.put("stack", sketch.stack());
        root.put("site", sketch.site());
        return head(run, assumed) + FlowYaml.write(root);
    }

    private static String head(MeasuredRun run, List<String> assumed) {
        var text = new StringBuilder();
        comment(text, "%s, row %s: %s".formatted(run.family(), run.id(), run.text(Column.HARDWARE)));
        if (run.states(Column.SOURCE)) {
            comment(text, "source: " + run.text(Column.SOURCE));
        }
        comment(
                text,
                run.ranOutOfMemory()
                        ? "measured: ran out of memory"
                        : "measured: %s %s %s"
                                .formatted(run.text(Column.METRIC), run.text(Column.VALUE), run.text(Column.UNIT)));
        assumed.forEach(what -> comment(text, "assumed: " + what));
        return text.toString();
    }

    private static void comment(StringBuilder text, String words) {
        text.append("# ").append(words.replaceAll("\\s+", " ").strip()).append('\n');
    }
}
