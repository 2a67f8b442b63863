// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.scenario.cli.CommandProvider;
import dev.dryrun.validation.published.simulate.StepSimulator;
import java.util.List;

/// Puts `validate` on the command line.
public final class ValidateProvider implements CommandProvider {
    @Override
    public Object command() {
        return new ValidateCommand(
                without -> new StepSimulator(new Catalog(List.of()))
                        .without(without)
                        .scoring(),
                System.out,
                System.err);
    }
}
