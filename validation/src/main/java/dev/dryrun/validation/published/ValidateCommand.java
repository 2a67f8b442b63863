// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Nearest;
import dev.dryrun.scenario.evidence.ResidualTable;
import dev.dryrun.validation.crosscheck.OverlapFigures;
import dev.dryrun.validation.live.LiveOptions;
import dev.dryrun.validation.published.ablate.Ablation;
import dev.dryrun.validation.published.ablate.Earned;
import dev.dryrun.validation.published.collective.CollectiveValidation;
import dev.dryrun.validation.published.interval.RowIntervals;
import dev.dryrun.validation.published.interval.RowResiduals;
import dev.dryrun.validation.published.kernel.KernelValidation;
import dev.dryrun.validation.published.measure.Scoreboard;
import dev.dryrun.validation.published.measure.Scoring;
import dev.dryrun.validation.published.print.Judged;
import dev.dryrun.validation.published.print.ScoreboardJson;
import dev.dryrun.validation.published.print.ScoreboardText;
import dev.dryrun.validation.published.simulate.StepSimulator;
import dev.dryrun.validation.published.table.MeasuredRun;
import dev.dryrun.validation.published.table.RunTable;
import dev.dryrun.validation.published.table.TemplateTable;
import dev.dryrun.validation.published.table.UnreadableTable;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `dryrun validate`: predictions beside measured training runs.
@Command(
        name = "validate",
        description = "Predict published (or your own) training runs, collectives or kernels, and show how far off the"
                + " predictions are.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "2:bad input", "3:a training of --live failed"})
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
            names = "--kernels",
            paramLabel = "FILE",
            arity = "0..*",
            fallbackValue = "",
            description = "Measured kernels in place of training runs: the built-in table, or files and folders.")
    private @Nullable List<Path> kernels;

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
            names = "--without",
            paramLabel = "MECHANISM",
            arity = "1..*",
            split = ",",
            description =
                    "Score the rows once more without each of these mechanisms (contention, host, ...; host+waves for"
                            + " two at once; all for each in turn), to see what it earns.")
    private List<String> without = List.of();

    @Option(
            names = "--tuner",
            description =
                    "With --collectives: libraries choose by the tables of NCCL 2.30 and RCCL 2.21, not the quickest.")
    private boolean tuned;

    @Mixin
    private final ScoreboardFiles files = new ScoreboardFiles();

    @Option(
            names = "--leave-out",
            paramLabel = "group",
            description = "Predict each group of sources by constants that are fitted without it; takes minutes.")
    private @Nullable String leaveOut;

    @Mixin
    private final LiveOptions live = new LiveOptions();

    @Option(names = "--json", description = "Print dryrun/validation/1 (dryrun/live/1 with --live) with every row.")
    private boolean json;

    @Option(names = "--quiet", description = "No progress on standard error.")
    private boolean quiet;

    private final Function<Ablation, Scoring> scoring;
    private final PrintStream out;
    private final PrintStream err;

    ValidateCommand(Function<Ablation, Scoring> scoring, PrintStream out, PrintStream err) {
        this.scoring = scoring;
        this.out = new PrintStream(out, false, StandardCharsets.UTF_8);
        this.err = err;
    }

    @Override
    public Integer call() {
        try {
            String clash = clash();
            if (!clash.isEmpty()) {
                err.println(clash);
                return BAD_INPUT;
            }
            if (live.isLive()) {
                return live.run(json, quiet, files.html(), out, err);
            }
            if (collectives != null) {
                return print(CollectiveValidation.run(named(collectives), json, rows, tuned));
            }
            if (kernels != null) {
                return print(KernelValidation.run(named(kernels), json, rows));
            }
            if (files.template) {
                return print(TemplateTable.write());
            }
            RunTable table = data.isEmpty() ? RunTable.builtIn() : RunTable.read(data);
            List<MeasuredRun> runs = chosen(table);
            if (leaveOut != null) {
                return LeaveOutRun.print(leaveOut, runs, json, quiet, out, err);
            }
            var simulator = new StepSimulator(new Catalog(List.of()));
            if (files.exportRows != null) {
                err.println(files.export(simulator, runs, files.exportRows));
                return 0;
            }
            var residuals = new RowResiduals(simulator::job);
            Judged judged = judge(runs, table, residuals);
            files.write(judged, residuals, err);
            boolean all = families.isEmpty() && data.isEmpty();
            return print(
                    json
                            ? ScoreboardJson.write(judged)
                            : ScoreboardText.write(judged, rows)
                                    + (all ? "\n" + OverlapFigures.compute().text() : ""));
        } catch (UnreadableTable | UnknownFamily | UnusableFile | Ablation.Unknown bad) {
            err.println(bad.getMessage());
            return BAD_INPUT;
        }
    }

    /// What of the options does not go together; empty where all do.
    private String clash() {
        boolean ofRuns = ofTable() || files.any();
        if (live.isLive() && (ofTable() || rows > 0 || tuned || collectives != null || kernels != null)) {
            return "--live goes with --machine, --catalog, --device, --measured, --short, --html, --json and --quiet"
                    + " only.";
        } else if (!live.isLive() && live.hasOthers()) {
            return "--machine, --catalog, --device, --measured and --short go with --live only.";
        } else if (tuned && collectives == null) {
            return "--tuner goes with --collectives only.";
        } else if (collectives != null && (ofRuns || kernels != null)) {
            return "--collectives goes with --tuner, --rows, --json and --quiet only; name its files behind it.";
        } else if (kernels != null && ofRuns) {
            return "--kernels goes with --rows, --json and --quiet only; name its files behind it.";
        } else if (leaveOut != null && (!without.isEmpty() || files.any())) {
            return "--leave-out goes with --data, --family, --json and --quiet only.";
        } else if (files.evidence != null && !(data.isEmpty() && families.isEmpty())) {
            return "--write-evidence needs every row of the built-in table; it goes neither with --data nor with"
                    + " --family.";
        }
        return "";
    }

    private boolean ofTable() {
        return !data.isEmpty() || !families.isEmpty() || !without.isEmpty() || leaveOut != null || files.anyButHtml();
    }

    private int print(String text) {
        out.print(text);
        out.flush();
        return 0;
    }

    private Judged judge(List<MeasuredRun> runs, RunTable table, RowResiduals residuals) {
        List<Ablation> ablations = Ablation.named(without);
        var progress = new ProgressLine(err, runs.size() * (1 + ablations.size()), quiet);
        Scoreboard board = scoring.apply(Ablation.NONE).score(runs, progress::step);
        List<Earned> earned = ablations.stream()
                .map(one -> Earned.of(one, board, scoring.apply(one).score(runs, progress::step)))
                .toList();
        progress.end();
        return new Judged(
                board, RowIntervals.of(board, ResidualTable.builtIn(), residuals), files.peersOn(board, table), earned);
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
