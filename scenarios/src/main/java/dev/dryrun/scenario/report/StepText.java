// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.report;

import dev.dryrun.scenario.simulate.StepResult;
import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.Sharding;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.layout.RankGrid;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The result of a step as text for a person, on one screen.
public final class StepText {
    private static final int WIDTH = 98;
    private static final int BAR = 38;
    private static final double WORTH_A_LINE = 5e-4;

    private final TrainingJob job;
    private final StepResult result;
    private final Paper paper;
    private final StringBuilder out = new StringBuilder(2048);

    private StepText(TrainingJob job, StepResult result, Paper paper) {
        this.job = job;
        this.result = result;
        this.paper = paper;
    }

    /// @param everyStage whether to say of each stage what its memory holds
    public static String write(TrainingJob job, StepResult result, boolean everyStage, Paper paper) {
        var text = new StepText(job, result, paper);
        text.heading();
        text.figures();
        text.breakdown();
        result.memory().ifPresent(memory -> text.out.append(MemoryText.write(memory, everyStage, paper)));
        text.notes();
        return text.out.toString();
    }

    private void heading() {
        ParallelStrategy s = job.strategy();
        String machines = job.cluster().parts().stream()
                .map(part ->
                        part.nodes() + " " + paper.times() + " " + part.node().name())
                .collect(Collectors.joining(" + "));
        boolean mixed = job.cluster().isMixed();
        line(paper.bold(result.name()) + "  " + job.model().name() + " on " + result.gpus() + " GPUs"
                + (mixed ? "" : " of " + machines));
        if (mixed) {
            line("  " + machines);
        }
        String pipeline = s.stages() == 1
                ? ""
                : ", pipeline " + s.stages() + " (" + s.schedule()
                        + (s.chunks() > 1 ? ", " + s.chunks() + " chunks" : "") + ")";
        line("  tensor " + s.tensor() + (s.sequenceParallel() ? " with sequence parallel" : "") + spread(s.grid())
                + pipeline + ", data " + s.data() + order(s.grid()));
        String sharded = s.sharding() == Sharding.NONE ? "" : ", sharded " + lower(s.sharding());
        line("  batch " + job.training().globalBatch() + " of " + job.training().sequenceLength()
                + " tokens, micro-batch "
                + s.microBatch() + " (" + microBatches(job) + " a replica), "
                + lower(job.training().precision()) + sharded);
        line("  recompute " + s.recompute().words());
        line("  stack " + job.stack().name() + ", site " + job.site().name());
        DegradedLine.of(job.cluster()).forEach(this::line);
    }

    private static String microBatches(TrainingJob job) {
        return job.strategy().microBatchesOfReplicas().stream()
                .min(Comparator.naturalOrder())
                .filter(fewest -> fewest < job.microBatches())
                .map(fewest -> fewest + " to " + job.microBatches())
                .orElse(Integer.toString(job.microBatches()));
    }

    private static String spread(RankGrid grid) {
        String context = grid.context() == 1 ? "" : ", context " + grid.context();
        String each = grid.expertTensor() == grid.tensor() ? "" : " of " + grid.expertTensor() + " each";
        return context + (grid.placesExpertsApart() ? ", expert " + grid.expert() + each : "");
    }

    private static String order(RankGrid grid) {
        return grid.order().equals(RankGrid.USUAL)
                ? ""
                : ", in the order "
                        + String.join(
                                ", ", grid.order().stream().map(StepText::lower).toList());
    }

    private void figures() {
        StepResult.FlopRates flops = result.flops();
        line("");
        line(columns(
                "step " + paper.bold(Amount.seconds(result.stepSeconds())) + " "
                        + EvidenceLines.bounds(result.evidence().interval()),
                Amount.digits(result.tokensPerSecond()) + " tokens/s",
                Amount.digits(result.tokensPerSecondPerGpu()) + " tokens/s per GPU"));
        line(columns(
                "MFU  " + paper.bold(Amount.percent(flops.mfu())),
                "HFU " + Amount.percent(flops.hfu()),
                flops.frameworkTeraPerSecond().isPresent()
                        ? "the framework's log: "
                                + Amount.digits(flops.frameworkTeraPerSecond().getAsDouble()) + " TFLOP/s per GPU"
                        : Amount.digits(flops.modelPerSecond() / 1e12) + " TFLOP/s per GPU"));
        result.training()
                .ifPresent(training -> line("  training: " + Amount.digits(training.daysWithoutFailures())
                        + " days without failures, " + Amount.digits(training.gpuHours()) + " GPU hours"));
    }

    private String columns(String first, String second, String third) {
        int hidden = first.length() - first.replaceAll("\u001b\\[[0-9;]*m", "").length();
        return String.format(Locale.ROOT, "  %-" + (31 + hidden) + "s%-20s%s", first, second, third);
    }

    private void breakdown() {
        line("");
        line(paper.bold(String.format(
                Locale.ROOT, "  %-16s %10s %8s  %-" + BAR + "s %10s", "time", "exposed", "", "", "busy")));
        double step = result.stepSeconds();
        result.breakdownSeconds().forEach((kind, exposed) -> {
            double busy = result.busySeconds().getOrDefault(kind, 0.0);
            if (Math.max(exposed, busy) < WORTH_A_LINE * step) {
                return;
            }
            line(String.format(
                            Locale.ROOT,
                            "  %-16s %10s %8s  ",
                            kind.replace('_', ' ').replace("comm", "traffic"),
                            Amount.seconds(exposed),
                            Amount.percent(exposed / step))
                    + paper.bar(exposed / step, busy / step, BAR)
                    + String.format(Locale.ROOT, " %10s", busy == 0 ? "" : Amount.seconds(busy)));
        });
    }

    private void notes() {
        note("warning", result.warnings());
        note("assumed", result.assumed());
        note("extrapolated", result.extrapolated());
        note("uncalibrated", result.uncalibrated());
        note("evidence", EvidenceLines.of(result.evidence()));
    }

    private void note(String kind, List<String> notes) {
        if (notes.isEmpty()) {
            return;
        }
        String indent = " ".repeat(kind.length() + 4);
        int room = WIDTH - indent.length();
        boolean first = true;
        for (String note : notes) {
            for (String part : Paragraph.lines(note, room)) {
                line(first ? "  " + paper.yellow(kind) + "  " + part : indent + part);
                first = false;
            }
        }
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private void line(String text) {
        out.append(text.stripTrailing()).append('\n');
    }
}
