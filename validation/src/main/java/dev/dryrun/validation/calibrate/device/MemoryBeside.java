// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.device;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.scenario.cli.Version;
import dev.dryrun.scenario.simulate.Fidelity;
import dev.dryrun.scenario.simulate.StepSimulation;
import dev.dryrun.scenario.spec.Scenario;
import dev.dryrun.scenario.spec.ScenarioReader;
import dev.dryrun.strategy.compile.Detail;
import dev.dryrun.validation.train.JobFile;
import dev.dryrun.validation.train.SmallJob;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What probes took beyond what the model of memory counts.
final class MemoryBeside {
    private MemoryBeside() {}

    /// Median over probes, not below 0.
    ///
    /// @param entries without it; they are written, because the simulator reads them
    static double bytes(DeviceEntries entries, Path folder, List<Probe> probes) {
        entries.in(folder).forEach(entry -> entry.write(true));
        List<Double> beyond = new ArrayList<>();
        for (Probe probe : probes) {
            beyond.add(probe.peakBytes() - predictedBytes(probe.job(), entries.name(), folder));
        }
        beyond.sort(null);
        return Math.max(0, beyond.get(beyond.size() / 2));
    }

    private static double predictedBytes(SmallJob job, String name, Path folder) {
        Scenario scenario = JobFile.with(job, name, new ScenarioReader(new Catalog(List.of(folder)))::read);
        return new StepSimulation(
                        scenario, new StepSimulation.Options(Detail.CHUNK, Fidelity.FOLDED, 1, Version.number()))
                .run()
                .memory()
                .orElseThrow()
                .fullest()
                .deviceBytes();
    }
}
