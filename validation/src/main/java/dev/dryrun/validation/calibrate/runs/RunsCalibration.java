// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.runs;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Given;
import dev.dryrun.hardware.catalog.InvalidInputException;
import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.hardware.catalog.Problem;
import dev.dryrun.scenario.cli.UserCatalog;
import dev.dryrun.validation.published.ProgressLines;
import dev.dryrun.validation.published.mapping.JobSketch;
import dev.dryrun.validation.published.measure.ScoredRun;
import dev.dryrun.validation.published.simulate.CatalogChanges;
import dev.dryrun.validation.published.simulate.CatalogChanges.Kind;
import dev.dryrun.validation.published.simulate.CatalogChanges.Place;
import dev.dryrun.validation.published.simulate.StepSimulator;
import dev.dryrun.validation.published.table.RunTable;
import dev.dryrun.validation.published.table.UnreadableTable;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// From past runs and matrix products to entries of a catalog: what `calibrate runs` does.
public final class RunsCalibration {
    private static final int DONE = 0;
    private static final int NOTHING_FOUND = 1;
    private static final int BAD_INPUT = 2;

    private final PrintStream out;
    private final PrintStream err;

    public RunsCalibration(PrintStream out, PrintStream err) {
        this.out = new PrintStream(out, false, StandardCharsets.UTF_8);
        this.err = err;
    }

    /// Fits, prints and writes; returns the exit code.
    public int run(RunsRequest request) {
        try {
            return calibrate(request);
        } catch (UnreadableTable bad) {
            err.println(bad.getMessage());
            return BAD_INPUT;
        } catch (InvalidInputException bad) {
            bad.problems().forEach(problem -> err.println(problem.message()));
            return BAD_INPUT;
        } finally {
            out.flush();
        }
    }

    private int calibrate(RunsRequest request) {
        OwnFiles.requireName(request.entryName());
        var catalog = new Catalog(UserCatalog.folders(System.getenv(), request.catalog()));
        RunTable table = RunTable.read(request.runs());
        List<TimedProduct> timed = new ArrayList<>();
        request.gemms().forEach(file -> timed.addAll(ProductFile.read(file)));
        var lines = new ProgressLines(err, false);
        var plain = new StepSimulator(catalog);
        List<ScoredRun> rows = usable(plain.scoring()
                .score(table.runs(), lines.next(table.runs().size()))
                .runs());
        if (rows.isEmpty()) {
            lines.end();
            err.println("No run is left to fit to.");
            return NOTHING_FOUND;
        }
        ProductFit products = timed.isEmpty() ? null : products(plain, rows, timed);
        StepSimulator simulator = products == null ? plain : plain.with(changes(products));
        List<ScoredRun> before = simulator
                .scoring()
                .score(rows.stream().map(ScoredRun::run).toList(), lines.next(rows.size()))
                .runs();
        OwnRunsFit fit = OwnRunsFit.of(catalog, simulator, before, lines::next);
        lines.end();
        out.print(new RunsText().text(before, fit, products));
        String node = Objects.requireNonNull(rows.getFirst().sketch()).node();
        var entries = new OwnEntries(request.entryName(), names(request));
        List<OwnEntry> all = Stream.concat(
                        entries.ofRuns(fit.fit().fit()).stream(), entries.ofProducts(products, node).stream())
                .toList();
        return write(all, catalog, request);
    }

    /// Rows with a prediction and a time; the others are listed with the reason.
    private List<ScoredRun> usable(List<ScoredRun> scored) {
        List<ScoredRun> rows = new ArrayList<>();
        for (ScoredRun row : scored) {
            if (!row.simulated()) {
                err.println(row.run().file() + ":" + row.run().line() + ": not in the fit: " + row.skipped());
            } else if (row.measuredSeconds().isPresent()) {
                rows.add(row);
            }
        }
        return rows;
    }

    private static ProductFit products(StepSimulator simulator, List<ScoredRun> rows, List<TimedProduct> timed) {
        Map<String, JobSketch> byAccelerator = new TreeMap<>();
        rows.forEach(row -> {
            JobSketch sketch = Objects.requireNonNull(row.sketch());
            byAccelerator.putIfAbsent(simulator.accelerator(sketch), sketch);
        });
        if (byAccelerator.size() > 1) {
            throw refused(
                    "--gemm-csv",
                    "given for runs on " + String.join(", ", byAccelerator.keySet()),
                    "goes with runs on one accelerator",
                    "a calibration for each");
        }
        Accelerator accelerator =
                simulator.acceleratorOf(byAccelerator.values().iterator().next());
        for (TimedProduct product : timed) {
            Precision precision = product.gemm().precision();
            if (!accelerator.gemm().burstFlopsPerSecond().containsKey(precision)) {
                throw refused(
                        "--gemm-csv",
                        precision.toString(),
                        "must be a format that " + accelerator.name() + " multiplies",
                        "");
            }
        }
        return ProductFit.of(accelerator, timed);
    }

    private static CatalogChanges changes(ProductFit fit) {
        Map<String, Given> values = new LinkedHashMap<>();
        Position here = Position.startOf("fit");
        for (int i = 0; i < fit.names().size(); i++) {
            String at = "kernels." + fit.names().get(i) + ".value";
            String unit = switch (fit.names().get(i)) {
                case "sustained_clock" -> "";
                case "gap" -> " s";
                default -> " FLOP/s";
            };
            double value = fit.value(i);
            values.put(at, new Given(unit.isEmpty() ? (Object) Math.min(1, value) : value + unit, here));
        }
        var changes = new TreeMap<Place, Map<String, Given>>();
        changes.put(new Place(Kind.ACCELERATORS, fit.accelerator().name()), values);
        return new CatalogChanges(changes);
    }

    private int write(List<OwnEntry> entries, Catalog catalog, RunsRequest request) {
        if (entries.isEmpty()) {
            err.println("The runs identify no constant; there is nothing to write.");
            return NOTHING_FOUND;
        }
        Path folder = request.write();
        if (folder == null) {
            entries.forEach(entry -> out.print("\n# " + entry.kind() + "/" + entry.name() + ".yaml\n" + entry.text()));
            return DONE;
        }
        OwnFiles.write(entries, catalog, folder, request.force(), err);
        return DONE;
    }

    private static String names(RunsRequest request) {
        return Stream.concat(request.runs().stream(), request.gemms().stream())
                .map(file -> String.valueOf(file.getFileName()))
                .collect(Collectors.joining(", "));
    }

    private static InvalidInputException refused(String option, String found, String rule, String remedy) {
        return new InvalidInputException(List.of(new Problem(Position.onCommandLine(), option, found, rule, remedy)));
    }
}
