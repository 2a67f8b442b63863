// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate;

import dev.dryrun.validation.calibrate.collective.CalibrateCollectives;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `calibrate`: fits cost models to measurements; each kind of measurement is a command of its own.
@Command(
        name = "calibrate",
        description = "Fit cost models to measurements.",
        mixinStandardHelpOptions = true,
        subcommands = {CalibrateKernels.class, CalibrateCollectives.class})
final class CalibrateCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "Say what to calibrate: kernels or collectives");
        }
    }
}
