// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.export;

import dev.dryrun.hardware.topology.NodeType;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.validation.published.mapping.JobSketch;
import java.util.LinkedHashMap;
import java.util.Map;

/// The machines of a job as a scenario writes them: a node of the catalog, with the part of it that the job uses and
/// the interfaces that the row states, where these are not the usual ones.
final class ClusterBlock {
    private ClusterBlock() {}

    /// @param usual the catalog's node
    static Map<String, Object> of(JobSketch sketch, TrainingJob job, NodeType usual) {
        NodeType node = job.cluster().node();
        Map<String, Object> cluster = new LinkedHashMap<>();
        cluster.put("node", node.equals(usual) ? usual.name() : changed(node, usual));
        cluster.put("nodes", sketch.nodes());
        cluster.put("fabric", job.cluster().fabric().name());
        return cluster;
    }

    private static Map<String, Object> changed(NodeType node, NodeType usual) {
        Map<String, Object> block = new LinkedHashMap<>();
        block.put("extends", usual.name());
        block.put("gpus", node.gpus());
        block.put("nics", node.nics());
        if (Double.compare(node.nicBytesPerSecond(), usual.nicBytesPerSecond()) != 0) {
            block.put("nic_bandwidth", node.nicBytesPerSecond() + " B/s");
        }
        return block;
    }
}
