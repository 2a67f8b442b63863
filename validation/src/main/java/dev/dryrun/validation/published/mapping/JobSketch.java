// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.mapping;

import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.Training;
import dev.dryrun.strategy.model.TransformerModel;

/// A job whose machines, software and site are still names of the catalog.
///
/// @param name of the job
/// @param node type of node
/// @param gpusPerNode GPUs of a node that the job uses
/// @param nodes nodes that the job uses
/// @param fabric how nodes are joined
/// @param model architecture
/// @param training what is trained how
/// @param strategy how it is spread over GPUs
/// @param stack software
/// @param site what the network delivers
public record JobSketch(
        String name,
        String node,
        int gpusPerNode,
        int nodes,
        String fabric,
        TransformerModel model,
        Training training,
        ParallelStrategy strategy,
        String stack,
        String site) {}
