// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.train;

import dev.dryrun.scenario.cli.CommandProvider;

/// Puts `train` on the command line.
public final class TrainProvider implements CommandProvider {
    @Override
    public Object command() {
        return new TrainCommand(Trainer::find, System.out, System.err);
    }
}
