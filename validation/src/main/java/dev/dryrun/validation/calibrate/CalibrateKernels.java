// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.hardware.catalog.Problems;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `calibrate kernels`: fits the catalog's accelerators to measured kernels.
@Command(
        name = "kernels",
        description = "Fit the accelerators of the catalog to measured kernels and print the residuals.",
        mixinStandardHelpOptions = true)
public final class CalibrateKernels implements Callable<Integer> {
    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "Folder with measured-ceilings.csv and kernels/ (vidur, simumax, deepbench).")
    private @Nullable Path data;

    @Option(
            names = "--write",
            paramLabel = "DIR",
            description = "Folder of the catalog's accelerator files whose fitted parts are to be replaced.")
    private @Nullable Path write;

    private final PrintStream out = System.out;

    @Override
    public Integer call() throws IOException {
        if (data == null) {
            throw new IllegalStateException("--data is required");
        }
        try {
            calibrate(data);
        } catch (NoSuchFileException missing) {
            var problems = new Problems();
            problems.add(
                    Position.startOf(String.valueOf(missing.getMessage())),
                    "",
                    "no such file",
                    "measured kernels must be there",
                    "");
            problems.throwIfAny();
        }
        return 0;
    }

    private void calibrate(Path from) throws IOException {
        for (KernelsBlock block : new KernelCalibration(from, out).all(CalibrateKernels::sheet)) {
            if (write == null) {
                out.println(block.text());
            } else {
                block.write(write);
            }
        }
    }

    static Accelerator sheet(String name) {
        var problems = new Problems();
        Document document = new Catalog(List.of()).find("accelerators", name, problems);
        if (document == null) {
            throw new IllegalStateException("the catalog has no " + name);
        }
        Accelerator accelerator = Accelerator.read(document.root());
        problems.throwIfAny();
        return accelerator;
    }
}
