// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.report;

import dev.dryrun.scenario.balance.Balance;
import dev.dryrun.scenario.balance.Trial;
import dev.dryrun.scenario.simulate.MemoryUse;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// A balance as text: the step before and after, and what became of each stage.
public final class BalanceText {
    private static final int MOST_STAGES = 32;

    private BalanceText() {}

    public static String write(Balance balance, Paper paper) {
        Trial before = balance.before();
        Trial after = balance.after();
        var out = new StringBuilder(paper.bold(before.job().name())).append("  step ");
        if (balance.hasChanged()) {
            out.append(Amount.seconds(before.stepSeconds()))
                    .append(" before, ")
                    .append(Amount.seconds(after.stepSeconds()))
                    .append(" balanced (")
                    .append(String.format(
                            Locale.ROOT, "%+.1f %%", 100 * (after.stepSeconds() / before.stepSeconds() - 1)))
                    .append(")");
        } else {
            out.append(Amount.seconds(before.stepSeconds())).append("; nothing quicker was found");
        }
        out.append("\n\n");
        stages(out, balance.stages(), paper);
        out.append('\n');
        microBatches(out, "before", before);
        microBatches(out, "balanced", after);
        return out.toString();
    }

    private static void stages(StringBuilder out, List<Balance.Stage> stages, Paper paper) {
        out.append(paper.bold(String.format(
                        Locale.ROOT, "  %-6s %-28s %17s %25s", "stage", "accelerator", "layers", "micro-batch")))
                .append('\n');
        out.append(String.format(
                Locale.ROOT, "  %-6s %-28s %8s %8s %12s %12s%n", "", "", "before", "after", "before", "after"));
        for (Balance.Stage stage : stages.subList(0, Math.min(MOST_STAGES, stages.size()))) {
            out.append(String.format(
                    Locale.ROOT,
                    "  %-6d %-28s %8d %8d %12s %12s%n",
                    stage.stage(),
                    String.join(", ", stage.accelerators()),
                    stage.layersBefore(),
                    stage.layersAfter(),
                    Amount.seconds(stage.secondsBefore()),
                    Amount.seconds(stage.secondsAfter())));
        }
        if (stages.size() > MOST_STAGES) {
            out.append("  and ").append(stages.size() - MOST_STAGES).append(" more\n");
        }
    }

    private static void microBatches(StringBuilder out, String when, Trial trial) {
        List<Integer> counts = trial.job().strategy().microBatchesOfReplicas();
        MemoryUse memory = trial.memory();
        out.append(String.format(
                Locale.ROOT,
                "  %-9s micro-batches of the replicas: %s; memory %s, stage %d fullest with %s of %s%n",
                when,
                counts.isEmpty()
                        ? "%d each".formatted(trial.job().microBatches())
                        : counts.stream().map(String::valueOf).collect(Collectors.joining(", ")),
                memory.verdict().key().replace('-', ' '),
                memory.fullest().stage(),
                Amount.gibibytes(memory.fullest().deviceBytes()),
                Amount.gibibytes(memory.capacityBytes())));
    }
}
