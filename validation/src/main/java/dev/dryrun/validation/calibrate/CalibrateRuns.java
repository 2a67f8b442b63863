// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate;

import dev.dryrun.validation.calibrate.runs.RunsCalibration;
import dev.dryrun.validation.calibrate.runs.RunsRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `calibrate runs`: fits the constants of stacks and sites to a user's own past runs.
@Command(
        name = "runs",
        description = {
            "Fit the constants of your software stack and site to your own past runs, and of your accelerator to your"
                    + " own matrix products.",
            "Prints each run before and after and which constants the data identify; --write makes a catalog of it."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  dryrun calibrate runs my-runs.csv --gemm-csv my-gemms.csv --write my-catalog --name mine",
            "  dryrun simulate job.yaml --catalog my-catalog"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:fitted", "1:the runs identify nothing", "2:bad input", "3:internal error"})
final class CalibrateRuns implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "CSV files of measured runs, with the columns of the table that validate reads.")
    private List<Path> runs = List.of();

    @Option(
            names = "--gemm-csv",
            paramLabel = "FILE",
            description = "Times of matrix products on the same accelerator: columns M,N,K,dtype,us.")
    private List<Path> gemms = List.of();

    @Option(names = "--write", paramLabel = "DIR", description = "Folder of the catalog to write entries to.")
    private @Nullable Path write;

    @Option(names = "--name", paramLabel = "NAME", description = "Name of the entries (default: my-runs).")
    private @Nullable String name;

    @Option(names = "--force", description = "Write over files that are there already.")
    private boolean force;

    @Option(names = "--catalog", paramLabel = "DIR", description = "A folder of your own catalog files.")
    private List<Path> catalog = List.of();

    @Override
    public Integer call() {
        return new RunsCalibration(System.out, System.err)
                .run(new RunsRequest(runs, gemms, write, name, force, catalog));
    }
}
