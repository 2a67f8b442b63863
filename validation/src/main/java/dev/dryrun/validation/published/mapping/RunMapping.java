// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.mapping;

import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.Training;
import dev.dryrun.strategy.model.ModelArchitecture;
import dev.dryrun.validation.published.table.MeasuredRun;

/// Turns rows of the table into jobs.
public final class RunMapping {
    private final CatalogNames names;
    private final CatalogModels models;

    /// @param names what the catalog has
    /// @param models the catalog's models
    public RunMapping(CatalogNames names, CatalogModels models) {
        this.names = names;
        this.models = models;
    }

    /// The job that a row describes, or everything that stands in the way of simulating it.
    public MappedRun map(MeasuredRun run) {
        var reading = new Reading(run);
        try {
            return map(reading);
        } catch (IllegalArgumentException refusal) {
            // a record of the job refuses a value and names it
            return new MappedRun.Skipped(String.valueOf(refusal.getMessage()), reading.assumed());
        }
    }

    private MappedRun map(Reading reading) {
        MeasuredRun run = reading.run();
        ModelArchitecture other = OtherKinds.read(reading, models);
        ModelArchitecture model = other == null ? Architecture.read(reading, models) : other;
        Machine machine = Machine.read(reading, names);
        Training training = Schooling.read(reading).with(OtherKinds.adapters(reading));
        String stack = Software.read(reading, names);
        ParallelStrategy strategy = Layout.read(reading, stack, training.globalBatch(), model.layers());
        NodeNetwork network = NodeNetwork.read(reading);
        if (!reading.free()) {
            return new MappedRun.Skipped(reading.obstacles(), reading.assumed());
        }
        int nodeGpus = machine.gpus(strategy.ranks());
        var sketch = new JobSketch(
                run.id(),
                machine.node(),
                nodeGpus,
                network,
                Math.toIntExact(Math.ceilDiv(strategy.ranks(), nodeGpus)),
                network == null ? machine.fabric() : "fat-tree",
                model,
                training,
                strategy,
                stack,
                MachineRoom.read(reading, names),
                reading.open());
        return new MappedRun.Simulable(sketch, reading.assumed());
    }
}
