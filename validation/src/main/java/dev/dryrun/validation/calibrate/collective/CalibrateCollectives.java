// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.collective;

import dev.dryrun.validation.calibrate.collective.CollectiveFit.Fitted;
import dev.dryrun.validation.published.collective.measure.CollectiveScoreboard;
import dev.dryrun.validation.published.collective.print.CollectiveText;
import dev.dryrun.validation.published.collective.table.CollectiveTable;
import dev.dryrun.validation.published.collective.table.MeasuredCollective;
import dev.dryrun.validation.published.table.UnreadableTable;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `calibrate collectives`: fits the constants of collectives to measured sweeps.
@Command(
        name = "collectives",
        description = "Fit the constants of collectives to measured sweeps; print them, their ranges and the errors.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class CalibrateCollectives implements Callable<Integer> {
    private static final int BAD_INPUT = 2;

    @Option(
            names = "--data",
            required = true,
            arity = "1..*",
            paramLabel = "DIR",
            description = "Folders (and files) with tables of measured collectives.")
    private List<Path> data = List.of();

    @Option(
            names = "--strict",
            description = "Also predict each class of machine by constants fitted without any row of that class.")
    private boolean strict;

    @Option(names = "--quiet", description = "No progress on standard error.")
    private boolean quiet;

    private final PrintStream out;
    private final PrintStream err;

    public CalibrateCollectives() {
        this(System.out, System.err);
    }

    CalibrateCollectives(PrintStream out, PrintStream err) {
        this.out = new PrintStream(out, false, StandardCharsets.UTF_8);
        this.err = err;
    }

    @Override
    public Integer call() {
        try {
            calibrate(CollectiveTable.read(data).rows());
            out.flush();
            return 0;
        } catch (UnreadableTable bad) {
            err.println(bad.getMessage());
            return BAD_INPUT;
        }
    }

    private void calibrate(List<MeasuredCollective> rows) {
        ConstantSet published = ConstantSet.published();
        Evidence evidence = Evidence.of(rows, published);
        if (evidence.size() == 0) {
            err.println("No row of the tables can be predicted and is beyond suspicion.");
            return;
        }
        progress("fitting " + evidence.size() + " rows");
        Fitted fitted = new CollectiveFit(evidence).fit(published);
        var table = new ConstantsTable(evidence, fitted);
        out.println(
                "Fitted to " + evidence.size() + " rows of " + evidence.series().size() + " sweeps\n");
        out.println(table.text());
        out.println("Published constants, nothing fitted");
        out.println(CollectiveText.regimes(CollectiveScoreboard.of(rows, published)));
        out.println("Fitted constants");
        out.println(CollectiveText.systemsAndRegimes(CollectiveScoreboard.of(rows, fitted.constants())));
        if (strict) {
            BlindPredictions blind = BlindPredictions.of(evidence, left -> progress("fitting without " + left));
            out.println("Each class of machine kept out of the fit that predicts it");
            out.println(CollectiveText.systemsAndRegimes(CollectiveScoreboard.of(rows, published, blind::blindTo)));
        }
        out.println("For the catalog");
        out.print(new CatalogLines(table).text());
    }

    private void progress(String what) {
        if (!quiet) {
            err.println(what);
        }
    }
}
