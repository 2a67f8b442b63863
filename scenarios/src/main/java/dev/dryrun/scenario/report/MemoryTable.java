// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.report;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.scenario.estimate.EstimateRequest;
import dev.dryrun.scenario.estimate.Formula;
import dev.dryrun.scenario.estimate.MemoryEstimate;
import dev.dryrun.strategy.estimate.ZeroStage;
import dev.dryrun.strategy.memory.StateBytes;
import dev.dryrun.strategy.recompute.Recompute;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// Memory of a GPU in training: a column for each ZeRO stage, or one where there is nobody to share with. What does not
/// fit carries an exclamation mark.
final class MemoryTable {
    private static final int COLUMN = 13;

    private final MemoryEstimate memory;
    private final List<ZeroStage> stages;
    private final Paper paper;

    private MemoryTable(MemoryEstimate memory, List<ZeroStage> stages, Paper paper) {
        this.memory = memory;
        this.stages = stages;
        this.paper = paper;
    }

    static List<EstimateLine> of(EstimateRequest request, MemoryEstimate memory, Paper paper) {
        List<ZeroStage> stages = request.setup().data() == 1 ? List.of(ZeroStage.ZERO_0) : List.of(ZeroStage.values());
        return new MemoryTable(memory, stages, paper).lines(formats(request.setup(), paper.times()));
    }

    /// Whose memory it is, and how the model is spread.
    static String heading(EstimateRequest request) {
        EstimateRequest.Setup setup = request.setup();
        String of = request.accelerator()
                .map(accelerator ->
                        Magnitude.bytes((double) accelerator.usableMemoryBytes()) + " of " + accelerator.name() + "; ")
                .orElse("");
        return String.format(
                Locale.ROOT,
                "%stensor %d%s, pipeline %d, data %d",
                of,
                setup.cut().tensor(),
                setup.cut().sequenceParallel() ? " with sequence parallel" : "",
                setup.cut().stages(),
                setup.data());
    }

    private static String formats(EstimateRequest.Setup setup, String times) {
        return String.format(
                Locale.ROOT,
                "%s, %s, %s attention, %,d %s %,d tokens",
                Entry.kebab(setup.states().format()),
                Entry.kebab(setup.states().optimizer()),
                Entry.kebab(setup.attention()),
                setup.microBatch(),
                times,
                setup.sequenceLength());
    }

    private List<EstimateLine> lines(String formats) {
        List<EstimateLine> lines = new ArrayList<>();
        lines.add(EstimateLine.of(
                "parameters", Magnitude.count(memory.parametersPerGpu()), formats, Formula.RANK_PARAMETERS));
        lines.add(EstimateLine.of("", header(), ""));
        lines.add(row("weights", StateBytes::weights, Formula.WEIGHTS));
        lines.add(row("gradients", StateBytes::gradients, Formula.GRADIENTS));
        lines.add(row("optimizer", StateBytes::optimizer, Formula.OPTIMIZER));
        lines.add(EstimateLine.of(
                "states", cells("", stage -> memory.statesOf(stage).total(), true), "", Formula.STATES));
        memory.activationBytes().forEach((recompute, bytes) -> lines.add(total(recompute, bytes)));
        return lines;
    }

    private String header() {
        var header = new StringBuilder(right(memory.activationBytes().isEmpty() ? "" : "activations"));
        for (ZeroStage stage : stages) {
            header.append(right(stages.size() == 1 ? "total" : "ZeRO-" + stage.number()))
                    .append("  ");
        }
        return header.toString();
    }

    private EstimateLine row(String label, ToDoubleFunction<StateBytes> bytes, Formula formula) {
        return EstimateLine.of(
                label, cells("", stage -> bytes.applyAsDouble(memory.statesOf(stage)), false), "", formula);
    }

    private EstimateLine total(Recompute recompute, double activations) {
        String cells = cells(Magnitude.bytes(activations), stage -> memory.totalBytes(stage, recompute), true);
        String label = "recompute " + Entry.kebab(recompute);
        return recompute == Recompute.NONE
                ? EstimateLine.of(label, cells, "", Formula.ACTIVATIONS, Formula.TOTAL)
                : EstimateLine.of(label, cells, "");
    }

    private String cells(String first, ToDoubleFunction<ZeroStage> bytes, boolean judged) {
        var cells = new StringBuilder(right(first));
        for (ZeroStage stage : stages) {
            double value = bytes.applyAsDouble(stage);
            String text = right(Magnitude.bytes(value));
            boolean fits = !judged || memory.fits(value);
            cells.append(fits ? text + "  " : paper.red(text + " !"));
        }
        return cells.toString();
    }

    private static String right(String text) {
        return String.format(Locale.ROOT, "%" + COLUMN + "s", text);
    }
}
