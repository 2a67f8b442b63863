// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate;

import dev.dryrun.validation.calibrate.trace.TraceCalibration;
import dev.dryrun.validation.calibrate.trace.TraceRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `calibrate trace`: fits an accelerator and a stack to what kernels and launches took in traces.
@Command(
        name = "trace",
        description = {
            "Fit your accelerator to matrix products in traces of the PyTorch profiler, CUDA or ROCm, and your stack"
                    + " to their fused attention and launches; collectives are held against those of a node.",
            "Prints which constants the traces identify; --write makes a catalog of it."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  dryrun calibrate trace rank0.pt.trace.json.gz --node hgx-h100 --write my-catalog --name mine",
            "  dryrun calibrate trace rank0.pt.trace.json.gz --node hgx-h100 --stack torchtitan --json"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:fitted",
            "1:the traces identify nothing that can be written",
            "2:bad input",
            "3:internal error"
        })
final class CalibrateTrace implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "TRACE", description = "Traces, made with record_shapes=True.")
    private List<Path> traces = List.of();

    @Option(
            names = "--accelerator",
            paramLabel = "NAME",
            description = "Accelerator of the catalog, where the name of the GPU leaves a choice.")
    private @Nullable String accelerator;

    @Option(
            names = "--node",
            paramLabel = "NAME",
            description = "Node of the catalog that your own node extends and collectives are held against.")
    private @Nullable String node;

    @Option(
            names = "--stack",
            paramLabel = "NAME",
            description = "Stack of the catalog that the job ran with; your own extends it (default: none is written).")
    private @Nullable String stack;

    @Option(names = "--write", paramLabel = "DIR", description = "Folder of the catalog to write entries to.")
    private @Nullable Path write;

    @Option(names = "--name", paramLabel = "NAME", description = "Name of the entries (default: my-trace).")
    private @Nullable String name;

    @Option(names = "--force", description = "Write over files that are there already.")
    private boolean force;

    @Option(names = "--json", description = "Print dryrun/trace-calibration/1.")
    private boolean json;

    @Option(names = "--catalog", paramLabel = "DIR", description = "A folder of your own catalog files.")
    private List<Path> catalog = List.of();

    @Override
    public Integer call() {
        return new TraceCalibration(System.out, System.err)
                .run(new TraceRequest(traces, accelerator, node, stack, write, name, force, json, catalog));
    }
}
