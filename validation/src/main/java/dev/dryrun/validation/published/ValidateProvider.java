// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published;

import dev.dryrun.hardware.catalog.Catalog;
import java.util.List;
import dev.dryrun.scenario.cli.CommandProvider;

/// Puts `validate` on the command line.
public final class ValidateProvider implements CommandProvider {
    @Override
    public Object command() {
        return new ValidateCommand(() -> new StepSimulator(new Catalog(List.of())).scoring(), System.out, System.err);
    }
}
