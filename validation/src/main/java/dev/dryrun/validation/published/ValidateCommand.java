// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Nearest;
import dev.dryrun.scenario.evidence.ResidualCsv;
import dev.dryrun.scenario.evidence.ResidualTable;
import dev.dryrun.validation.crosscheck.OverlapFigures;
import dev.dryrun.validation.published.collective.CollectiveValidation;
import dev.dryrun.validation.published.interval.RowIntervals;
import dev.dryrun.validation.published.interval.RowResiduals;
import dev.dryrun.validation.published.measure.Scoreboard;
import dev.dryrun.validation.published.measure.Scoring;
import dev.dryrun.validation.published.print.CoverageText;
import dev.dryrun.validation.published.print.ScoreboardJson;
import dev.dryrun.validation.published.print.ScoreboardText;
import dev.dryrun.validation.published.simulate.StepSimulator;
import dev.dryrun.validation.published.table.MeasuredRun;
import dev.dryrun.validation.published.table.RunTable;
import dev.dryrun.validation.published.table.UnreadableTable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `dryrun validate`: predictions beside measured training runs.
@Command(
        name = "validate",
        description =
                "Predict published (or your own) training runs, or collectives, and show how far off the predictions"
                        + " are.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class ValidateCommand implements Callable<Integer> {
    private static final int BAD_INPUT = 2;

    @Option(
            names = "--data",
            paramLabel = "FILE",
            arity = "1..*",
            description = "CSV files of measured runs in place of the built-in table, with the same columns.")
    private List<Path> data = List.of();

    @Option(
            names = "--collectives",
            paramLabel = "FILE",
            arity = "0..*",
            fallbackValue = "",
            description = "Measured collectives in place of training runs: the built-in table, or files and folders.")
    private @Nullable List<Path> collectives;

    @Option(
            names = "--family",
            paramLabel = "NAME",
            arity = "1..*",
            split = ",",
            description = "Only these families (sources) of the table.")
    private List<String> families = List.of();

    @Option(
            names = "--rows",
            paramLabel = "N",
            arity = "0..1",
            fallbackValue = "20",
            defaultValue = "0",
            description = "List the N rows with the largest errors (20 unless given).")
    private int rows;

    @Option(
            names = "--tuner",
            description =
                    "With --collectives: libraries choose by the tables of NCCL 2.30 and RCCL 2.21, not the quickest.")
    private boolean tuned;

    @Option(
            names = "--write-evidence",
            paramLabel = "FILE",
            description = "Write the errors of the rows, from which simulations derive their intervals.")
    private @Nullable Path writeEvidence;

    @Option(names = "--json", description = "Print dryrun/validation/1 with every row.")
    private boolean json;

    @Option(names = "--quiet", description = "No progress on standard error.")
    private boolean quiet;

    private final Supplier<Scoring> scoring;
    private final PrintStream out;
    private final PrintStream err;

    ValidateCommand(Supplier<Scoring> scoring, PrintStream out, PrintStream err) {
        this.scoring = scoring;
        this.out = new PrintStream(out, false, StandardCharsets.UTF_8);
        this.err = err;
    }

    @Override
    public Integer call() {
        try {
            if (tuned && collectives == null) {
                err.println("--tuner goes with --collectives only.");
                return BAD_INPUT;
            }
            if (collectives != null) {
                if (!data.isEmpty() || !families.isEmpty()) {
                    err.println("--collectives goes neither with --data nor with --family; name its files behind it.");
                    return BAD_INPUT;
                }
                out.print(CollectiveValidation.run(named(collectives), json, rows, tuned));
                out.flush();
                return 0;
            }
            if (writeEvidence != null && !(data.isEmpty() && families.isEmpty())) {
                err.println(
                        "--write-evidence needs every row of the built-in table; it goes neither with --data nor with"
                                + " --family.");
                return BAD_INPUT;
            }
            List<MeasuredRun> runs = chosen(data.isEmpty() ? RunTable.builtIn() : RunTable.read(data));
            var progress = new ProgressLine(err, runs.size(), quiet);
            Scoreboard board = scoring.get().score(runs, progress::step);
            progress.end();
            var residuals = new RowResiduals(new StepSimulator(new Catalog(List.of()))::job);
            if (writeEvidence != null) {
                Files.writeString(writeEvidence, ResidualCsv.write(residuals.table(board)));
            }
            RowIntervals intervals = RowIntervals.of(board, ResidualTable.builtIn(), residuals);
            out.print(
                    json
                            ? ScoreboardJson.write(board, intervals)
                            : ScoreboardText.write(board, rows) + CoverageText.write(intervals));
            if (!json && families.isEmpty() && data.isEmpty()) {
                out.print("\n" + OverlapFigures.compute().text());
            }
            out.flush();
            return 0;
        } catch (UnreadableTable | UnknownFamily bad) {
            err.println(bad.getMessage());
            return BAD_INPUT;
        } catch (IOException unwritable) {
            err.println("--write-evidence is \"" + writeEvidence + "\", which cannot be written: "
                    + unwritable.getMessage() + ". Maybe a file in a folder that exists.");
            return BAD_INPUT;
        }
    }

    private static List<Path> named(List<Path> places) {
        return places.stream().filter(place -> !place.toString().isEmpty()).toList();
    }

    private List<MeasuredRun> chosen(RunTable table) {
        List<String> known = table.families();
        for (String family : families) {
            if (!known.contains(family)) {
                throw new UnknownFamily(family, known);
            }
        }
        return table.runs().stream()
                .filter(run -> families.isEmpty() || families.contains(run.family()))
                .toList();
    }

    private static final class UnknownFamily extends RuntimeException {
        private static final long serialVersionUID = 1;

        UnknownFamily(String family, List<String> known) {
            super("--family is \"" + family + "\", but no such family is in the table. Maybe " + remedy(family, known)
                    + ".");
        }

        private static String remedy(String family, List<String> known) {
            String nearest = Nearest.quoted(family, known);
            return nearest.isEmpty() ? "one of " + String.join(", ", known) : nearest;
        }
    }
}
