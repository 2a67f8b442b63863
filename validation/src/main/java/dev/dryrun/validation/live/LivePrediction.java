// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.live;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.scenario.cli.Version;
import dev.dryrun.scenario.evidence.PredictionInterval;
import dev.dryrun.scenario.simulate.Fidelity;
import dev.dryrun.scenario.simulate.StepResult;
import dev.dryrun.scenario.simulate.StepSimulation;
import dev.dryrun.scenario.spec.Scenario;
import dev.dryrun.scenario.spec.ScenarioReader;
import dev.dryrun.strategy.compile.Detail;
import dev.dryrun.validation.trace.Lane;
import dev.dryrun.validation.trace.SimulatedLanes;
import dev.dryrun.validation.train.Circumstance;
import dev.dryrun.validation.train.JobFile;
import dev.dryrun.validation.train.SmallJob;
import java.util.List;

/// What the simulator says of a job before it is trained.
///
/// @param interval in which the step is expected, as `simulate` prints it
/// @param peakBytes of the fullest rank
record LivePrediction(SmallJob job, double stepSeconds, PredictionInterval interval, double peakBytes) {
    static LivePrediction of(SmallJob job, String device, Catalog catalog) {
        StepResult result = new StepSimulation(scenario(job, device, catalog), options(Detail.CHUNK)).run();
        return new LivePrediction(
                job,
                result.stepSeconds(),
                result.evidence().interval(),
                result.memory().orElseThrow().fullest().deviceBytes());
    }

    /// What a rank does in the simulated step.
    static List<Lane> lanes(SmallJob job, String device, Catalog catalog, int rank) {
        var simulation = new StepSimulation(scenario(job, device, catalog), options(Detail.KERNEL));
        var lanes = new SimulatedLanes(simulation.plan(), rank);
        simulation.run(lanes);
        return lanes.lanes();
    }

    private static StepSimulation.Options options(Detail detail) {
        return new StepSimulation.Options(detail, Fidelity.FULL, 1, Version.number());
    }

    private static Scenario scenario(SmallJob job, String device, Catalog catalog) {
        String entry = Circumstance.of(job).entry(device);
        return JobFile.with(job, entry, new ScenarioReader(catalog)::read);
    }
}
