// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.trace;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.InvalidInputException;
import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.hardware.catalog.Problem;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.scenario.cli.UserCatalog;
import dev.dryrun.validation.calibrate.runs.OwnEntries;
import dev.dryrun.validation.calibrate.runs.OwnEntry;
import dev.dryrun.validation.calibrate.runs.OwnFiles;
import dev.dryrun.validation.calibrate.runs.ProductFit;
import dev.dryrun.validation.calibrate.runs.ProductText;
import dev.dryrun.validation.calibrate.runs.TimedProduct;
import dev.dryrun.validation.calibrate.site.DeviceName;
import dev.dryrun.validation.trace.ProfilerTrace;
import dev.dryrun.validation.trace.TraceReader;
import dev.dryrun.validation.trace.TracedShapes;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// From traces to an accelerator of a catalog: what `calibrate trace` does.
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
        List<ProfilerTrace> traces =
                request.traces().stream().map(TraceReader::read).toList();
        Accelerator accelerator = accelerator(catalog, traces, request);
        OptionalDouble gap = DeviceGap.seconds(traces);
        List<TimedProduct> products = TracedShapes.of(traces).gemms().stream()
                .filter(one -> accelerator.supports(one.shape().precision()))
                .map(one -> new TimedProduct(one.shape(), one.medianSeconds() + gap.orElse(0)))
                .toList();
        if (products.isEmpty()) {
            err.println("No matrix product with its shape is in the traces; profile with record_shapes=True.");
            return NOTHING_FOUND;
        }
        if (gap.isEmpty()) {
            err.println("The traces do not tell the gap between kernels; it stays as in the catalog.");
        }
        ProductFit fit = ProductFit.ofStep(accelerator, products, gap.isPresent());
        out.print(ProductText.text(fit));
        String files = request.traces().stream()
                .map(file -> String.valueOf(file.getFileName()))
                .collect(Collectors.joining(", "));
        List<OwnEntry> entries = new OwnEntries(name, "of steps in " + files).ofProducts(fit, request.node());
        if (entries.isEmpty()) {
            err.println("The traces identify no constant; there is nothing to write.");
            return NOTHING_FOUND;
        }
        Path folder = request.write();
        if (folder == null) {
            entries.forEach(entry -> out.print("# " + entry.kind() + "/" + entry.name() + ".yaml\n" + entry.text()));
        } else {
            OwnFiles.write(entries, catalog, folder, request.force(), err);
        }
        return DONE;
    }

    private static Accelerator accelerator(Catalog catalog, List<ProfilerTrace> traces, TraceRequest request) {
        String name = request.accelerator() == null ? named(catalog, traces) : request.accelerator();
        if (request.node() != null && !catalog.names("nodes").contains(request.node())) {
            throw refused("--node", '"' + request.node() + '"', "must be a node of the catalog", "");
        }
        var problems = new Problems();
        Document document = catalog.find("accelerators", name, problems);
        if (document == null) {
            throw refused("--accelerator", '"' + name + '"', "must be an accelerator of the catalog", "");
        }
        Accelerator accelerator = Accelerator.read(document.root());
        problems.throwIfAny();
        return accelerator;
    }

    private static String named(Catalog catalog, List<ProfilerTrace> traces) {
        var devices = new TreeSet<String>();
        traces.forEach(trace -> devices.add(trace.device()));
        if (devices.size() > 1) {
            throw refused("TRACE", "of " + String.join(" and ", devices), "must be of one kind of GPU", "");
        }
        var device = new DeviceName(devices.first());
        List<String> fitting =
                catalog.names("accelerators").stream().filter(device::fits).toList();
        if (fitting.size() != 1) {
            String found = '"' + devices.first() + "\", which fits "
                    + (fitting.isEmpty() ? "none of the catalog" : String.join(", ", fitting));
            throw refused("the GPU's name", found, "must fit one", "--accelerator NAME");
        }
        return fitting.getFirst();
    }

    private static InvalidInputException refused(String option, String found, String rule, String remedy) {
        return new InvalidInputException(List.of(new Problem(Position.onCommandLine(), option, found, rule, remedy)));
    }
}
