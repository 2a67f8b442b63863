// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.evidence;

import dev.dryrun.hardware.accelerator.Calibration;
import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.strategy.job.Equipment;
import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.model.ModelArchitecture;
import java.util.Comparator;
import java.util.List;

/// What of a job tells how far a prediction can be trusted. Nothing of it depends on what was predicted.
///
/// @param accelerator catalog name; in a mixed cluster of the one with the weakest evidence
/// @param kernels what its kernel times rest on
/// @param library of collectives
/// @param gpus that take part
/// @param nodes that they stand in
/// @param stack software
/// @param site machine room
/// @param model name
/// @param parameters of the whole model
/// @param experts whether tokens pass some experts of many
/// @param sequence tokens of a sequence
/// @param tokens of one forward pass on one rank
/// @param precision of the matrix products
/// @param tensor ranks that share a layer
/// @param pipeline stages
/// @param context ranks that share a sequence
/// @param sharded whether parameters are sharded
/// @param unstated whether settings were open and filled in
public record JobFeatures(
        String accelerator,
        Calibration.Evidence kernels,
        String library,
        long gpus,
        long nodes,
        String stack,
        String site,
        String model,
        long parameters,
        boolean experts,
        long sequence,
        long tokens,
        Precision precision,
        int tensor,
        int pipeline,
        int context,
        boolean sharded,
        boolean unstated) {

    /// The features of a job.
    ///
    /// @param assumed what had to be filled in, by the words of the output
    public static JobFeatures of(TrainingJob job, List<String> assumed) {
        Equipment weakest = job.equipment().stream()
                .max(Comparator.comparing(
                        part -> part.accelerator().calibration().evidence()))
                .orElseThrow();
        ParallelStrategy strategy = job.strategy();
        ModelArchitecture model = job.model();
        long sequence = job.training().sequenceLength();
        long gpus = strategy.ranks();
        return new JobFeatures(
                weakest.accelerator().name(),
                weakest.accelerator().calibration().evidence(),
                weakest.library().name(),
                gpus,
                Math.ceilDiv(gpus, (long) job.cluster().node().gpus()),
                job.stack().name(),
                job.site().name(),
                model.name(),
                model.parameters(),
                model.activeParameters() < model.parameters(),
                sequence,
                Math.ceilDiv(strategy.microBatch() * sequence, (long) strategy.context()),
                job.training().precision(),
                strategy.tensor(),
                strategy.stages(),
                strategy.context(),
                strategy.sharding().sharesParameters(),
                OpenSettings.anyOf(assumed));
    }
}
