// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate;

import dev.dryrun.validation.calibrate.collective.CalibrateCollectives;
import dev.dryrun.validation.calibrate.site.SiteOptions;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `calibrate`: fits cost models to measurements: those of the catalog by commands of their own, those of a machine
/// room by its logs.
@Command(
        name = "calibrate",
        description =
                "Fit cost models to measurements: your machine room to its nccl-tests logs, or the catalog's models.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  dryrun calibrate --nccl-tests all_reduce.log all_gather.log --cluster hgx-h100",
            "  dryrun calibrate --nccl-tests *.log --cluster aws-p5 --fabric efa --name my-room --write"
                    + " sites/my-room.yaml"
        },
        subcommands = {CalibrateKernels.class, CalibrateCollectives.class})
final class CalibrateCommand implements Callable<Integer> {
    @Mixin
    private final SiteOptions site = new SiteOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("a command without its specification");
        }
        if (!site.areGiven()) {
            throw new ParameterException(
                    spec.commandLine(), "Say what to calibrate: --nccl-tests LOG..., kernels or collectives");
        }
        return site.calibrate(System.out, System.err);
    }
}
