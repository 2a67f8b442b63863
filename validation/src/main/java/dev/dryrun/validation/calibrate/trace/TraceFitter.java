// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.trace;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.kernel.Gemm;
import dev.dryrun.scenario.spec.ClusterAlone;
import dev.dryrun.strategy.job.Stack;
import dev.dryrun.validation.calibrate.runs.ProductFit;
import dev.dryrun.validation.calibrate.runs.TimedProduct;
import dev.dryrun.validation.trace.ProfilerTrace;
import dev.dryrun.validation.trace.TraceReader;
import dev.dryrun.validation.trace.TracedCollective;
import dev.dryrun.validation.trace.TracedShapes;
import dev.dryrun.validation.trace.TracedShapes.Timed;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Finds what traces say of the entries that were chosen.
final class TraceFitter {
    private final TraceChoices choices;
    private final PrintStream err;

    /// @param err is told what the traces do not tell
    TraceFitter(TraceChoices choices, PrintStream err) {
        this.choices = choices;
        this.err = err;
    }

    TraceFindings findings(List<Path> files) {
        Stack stack = choices.stack();
        choices.requireNode();
        List<ProfilerTrace> traces = files.stream().map(TraceReader::read).toList();
        Accelerator accelerator = choices.accelerator(traces);
        OptionalDouble gap = DeviceGap.seconds(traces);
        if (gap.isEmpty()) {
            err.println("The traces do not tell the gap between kernels; it stays as in the catalog.");
        }
        double gapSeconds = gap.orElse(accelerator.gemm().gapSeconds());
        TracedShapes shapes = TracedShapes.of(traces);
        List<Timed<Gemm>> products = shapes.gemms().stream()
                .filter(one -> accelerator.supports(one.shape().precision()) && one.medianSeconds() > 0)
                .toList();
        ProductFit fit = fit(accelerator, products, gapSeconds, gap.isPresent());
        AttentionShares attention = AttentionShares.of(accelerator, shapes.attentions());
        Optional<HostIssue> host = HostIssue.of(traces, gapSeconds);
        int ranks = traces.stream().mapToInt(ProfilerTrace::ranks).max().orElse(1);
        return new TraceFindings(
                files.stream().map(file -> String.valueOf(file.getFileName())).toList(),
                accelerator,
                fit,
                fit == null ? List.of() : ProductResidual.of(fit, products),
                attention,
                host,
                stack,
                StackConstant.of(stack, attention, host),
                collectives(shapes.collectives(), stack, ranks),
                shapes.unshapedSeconds());
    }

    /// Null without products. Their times get the gap that the profiler leaves out, the catalog's where no other is
    /// known.
    private @Nullable ProductFit fit(
            Accelerator accelerator, List<Timed<Gemm>> products, double gapSeconds, boolean gapIsMeasured) {
        if (products.isEmpty()) {
            err.println("No matrix product with its shape is in the traces; profile with record_shapes=True.");
            return null;
        }
        List<TimedProduct> timed = products.stream()
                .map(one -> new TimedProduct(one.shape(), one.medianSeconds() + gapSeconds))
                .toList();
        return ProductFit.ofStep(accelerator, timed, gapIsMeasured);
    }

    private List<ComparedCollective> collectives(
            List<Timed<TracedCollective>> traced, @Nullable Stack stack, int ranks) {
        ClusterAlone node = traced.isEmpty() ? null : choices.node();
        return ComparedCollective.of(traced, node == null ? null : new NodeCollectives(node, stack, ranks));
    }
}
