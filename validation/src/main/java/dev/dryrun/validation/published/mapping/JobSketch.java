// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.mapping;

import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.Training;
import dev.dryrun.strategy.model.ModelArchitecture;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A job whose machines, software and site are still names of the catalog.
///
/// @param name of the job
/// @param node type of node
/// @param nodeGpus GPUs of a node that the job uses; fewer than it has where a rack is used in part
/// @param network its interfaces, where they are not the usual ones; null otherwise
/// @param nodes nodes that the job runs on, the last perhaps in part
/// @param fabric how nodes are joined
/// @param model architecture
/// @param training what is trained how
/// @param strategy how it is spread over GPUs
/// @param stack software
/// @param site what the network delivers
/// @param open settings that the row leaves open, which hold the smallest choice until memory decides
public record JobSketch(
        String name,
        String node,
        int nodeGpus,
        @Nullable NodeNetwork network,
        int nodes,
        String fabric,
        ModelArchitecture model,
        Training training,
        ParallelStrategy strategy,
        String stack,
        String site,
        Set<OpenSetting> open) {
    public JobSketch {
        open = open.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(open));
    }

    /// The same job with another strategy, and nothing left open.
    public JobSketch settled(ParallelStrategy other) {
        return new JobSketch(
                name, node, nodeGpus, network, nodes, fabric, model, training, other, stack, site, Set.of());
    }
}
