// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate;

import dev.dryrun.scenario.cli.CommandProvider;

/// Puts `calibrate` on the command line.
public final class CalibrateProvider implements CommandProvider {
    @Override
    public Object command() {
        return new CalibrateCommand();
    }
}
