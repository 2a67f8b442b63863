// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.train;

import dev.dryrun.scenario.cli.Version;
import dev.dryrun.scenario.simulate.Fidelity;
import dev.dryrun.scenario.simulate.StepResult;
import dev.dryrun.scenario.simulate.StepSimulation;
import dev.dryrun.scenario.spec.Scenario;
import dev.dryrun.strategy.compile.Detail;

/// What the simulator says of the same scenario, on the machine that the scenario names, which need not be this one.
final class Prediction {
    private final String machine;
    private final StepResult result;

    Prediction(Scenario scenario) {
        machine = scenario.job().cluster().parts().getFirst().node().name();
        result = new StepSimulation(
                        scenario, new StepSimulation.Options(Detail.CHUNK, Fidelity.FOLDED, 1, Version.number()))
                .run();
    }

    /// Name of the node.
    String machine() {
        return machine;
    }

    double stepSeconds() {
        return result.stepSeconds();
    }
}
