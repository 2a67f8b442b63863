// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published;

import dev.dryrun.scenario.cli.CommandProvider;

/// Puts `validate` on the command line.
public final class ValidateProvider implements CommandProvider {
    @Override
    public Object command() {
        return new ValidateCommand(StepPredictor::new, System.out, System.err);
    }
}
