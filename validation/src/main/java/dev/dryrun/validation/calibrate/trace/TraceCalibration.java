// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.trace;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.InvalidInputException;
import dev.dryrun.hardware.kernel.Gemm;
import dev.dryrun.scenario.cli.UserCatalog;
import dev.dryrun.scenario.spec.ClusterAlone;
import dev.dryrun.strategy.job.Stack;
import dev.dryrun.validation.calibrate.runs.OwnEntries;
import dev.dryrun.validation.calibrate.runs.OwnEntry;
import dev.dryrun.validation.calibrate.runs.OwnFiles;
import dev.dryrun.validation.calibrate.runs.ProductFit;
import dev.dryrun.validation.calibrate.runs.TimedProduct;
import dev.dryrun.validation.trace.ProfilerTrace;
import dev.dryrun.validation.trace.TraceReader;
import dev.dryrun.validation.trace.TracedCollective;
import dev.dryrun.validation.trace.TracedShapes;
import dev.dryrun.validation.trace.TracedShapes.Timed;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// From traces to an accelerator and a stack of a catalog: what `calibrate trace` does.
public final class TraceCalibration {
    private static final int DONE = 0;
    private static final int NOTHING_FOUND = 1;
    private static final int BAD_INPUT = 2;

    private final PrintStream out;
    private final PrintStream err;

    public TraceCalibration(PrintStream out, PrintStream err) {
        this.out = new PrintStream(out, false, StandardCharsets.UTF_8);
        this.err = err;
    }

    /// Fits, prints and writes; returns the exit code.
    public int run(TraceRequest request) {
        try {
            return calibrate(request);
        } catch (InvalidInputException bad) {
            bad.problems().forEach(problem -> err.println(problem.message()));
            return BAD_INPUT;
        } finally {
            out.flush();
        }
    }

    private int calibrate(TraceRequest request) {
        String name = request.name() == null ? "my-trace" : request.name();
        OwnFiles.requireName(name);
        var catalog = new Catalog(UserCatalog.folders(System.getenv(), request.catalog()));
        TraceFindings findings = findings(catalog, request);
        out.print(request.json() ? TraceJson.write(findings) : new TraceText().text(findings));
        List<OwnEntry> entries = new ArrayList<>(
                new OwnEntries(name, "of steps in " + findings.source()).ofProducts(findings.fit(), request.node()));
        OwnStack.entry(findings.stack(), name, findings.source(), findings.constants())
                .ifPresent(entries::add);
        if (entries.isEmpty()) {
            err.println("The traces identify no constant that can be written.");
            return NOTHING_FOUND;
        }
        Path folder = request.write();
        if (folder != null) {
            OwnFiles.write(entries, catalog, folder, request.force(), err);
        } else if (!request.json()) {
            entries.forEach(entry -> out.print("# " + entry.kind() + "/" + entry.name() + ".yaml\n" + entry.text()));
        }
        return DONE;
    }

    private TraceFindings findings(Catalog catalog, TraceRequest request) {
        var choices = new TraceChoices(catalog, request);
        Stack stack = choices.stack();
        choices.requireNode();
        List<ProfilerTrace> traces =
                request.traces().stream().map(TraceReader::read).toList();
        Accelerator accelerator = choices.accelerator(traces);
        OptionalDouble gap = DeviceGap.seconds(traces);
        if (gap.isEmpty()) {
            err.println("The traces do not tell the gap between kernels; it stays as in the catalog.");
        }
        double usualGap = gap.orElse(accelerator.gemm().gapSeconds());
        TracedShapes shapes = TracedShapes.of(traces);
        List<Timed<Gemm>> products = shapes.gemms().stream()
                .filter(one -> accelerator.supports(one.shape().precision()) && one.medianSeconds() > 0)
                .toList();
        ProductFit fit = fit(accelerator, products, usualGap, gap.isPresent());
        AttentionShares attention = AttentionShares.of(accelerator, shapes.attentions());
        Optional<HostIssue> host = HostIssue.of(traces, usualGap);
        int ranks = traces.stream().mapToInt(ProfilerTrace::ranks).max().orElse(1);
        return new TraceFindings(
                request.traces().stream()
                        .map(file -> String.valueOf(file.getFileName()))
                        .toList(),
                accelerator,
                fit,
                fit == null ? List.of() : ProductResidual.of(fit, products),
                attention,
                host,
                stack,
                StackConstant.of(stack, attention, host),
                collectives(choices, shapes.collectives(), stack, ranks),
                shapes.unshaped());
    }

    private static List<ComparedCollective> collectives(
            TraceChoices choices, List<Timed<TracedCollective>> traced, @Nullable Stack stack, int ranks) {
        ClusterAlone node = traced.isEmpty() ? null : choices.node();
        return ComparedCollective.of(traced, node == null ? null : new NodeCollectives(node, stack, ranks));
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
}
