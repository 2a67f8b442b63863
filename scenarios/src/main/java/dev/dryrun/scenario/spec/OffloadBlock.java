// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.spec;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Unit;
import dev.dryrun.hardware.topology.Cluster;
import dev.dryrun.hardware.topology.ClusterPart;
import dev.dryrun.hardware.topology.NodeType;
import dev.dryrun.strategy.job.Offload;
import dev.dryrun.strategy.job.Offload.Place;
import dev.dryrun.strategy.job.Optimizer;
import dev.dryrun.strategy.job.Training;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The block `strategy.offload`.
final class OffloadBlock {
    private static final String UPDATE = "host_update_bandwidth";

    private OffloadBlock() {}

    static Offload read(Entry block) {
        Place place = block.choice("optimizer", Place.class, Place.DEVICE);
        double activations = block.number("activations", 0, 1, 0);
        double rate = rate(block, "bandwidth");
        double update = rate(block, UPDATE);
        if (place == Place.HOST && !block.has(UPDATE)) {
            block.problem(
                    UPDATE,
                    "missing",
                    "the rate at which the host reads and writes its memory for each GPU is needed",
                    "its memory bandwidth over its GPUs, such as 20 GB/s");
        }
        block.rejectUnknownKeys();
        // A stand-in where there is a problem, which is told.
        return new Offload(place, activations, rate, place == Place.HOST && update == 0 ? 1 : update);
    }

    private static double rate(Entry block, String key) {
        if (!block.has(key)) {
            return 0;
        }
        double rate = block.quantity(key, Unit.BYTES_PER_SECOND);
        if (rate <= 0 && block.isSound(key)) {
            block.problem(key, block.shown(key), "must be more than 0", "");
        }
        return Math.max(0, rate);
    }

    /// Reports what of it cannot be with the rest of the scenario.
    static void check(Entry block, Offload offload, @Nullable Cluster cluster, Training training, Entry trainingEntry) {
        if (offload.isNone() || !block.isSound("optimizer", "activations", "bandwidth")) {
            return;
        }
        for (ClusterPart part : cluster == null ? List.<ClusterPart>of() : cluster.parts()) {
            NodeType node = part.node();
            if (offload.bytesPerSecond() == 0 && node.hostBytesPerSecond() == 0) {
                block.problem(
                        "bandwidth",
                        "missing",
                        "is needed: the node (" + node.name() + ") does not say how fast its GPUs reach the host",
                        "bandwidth: 25 GB/s");
            }
        }
        if (offload.optimizer() == Place.DEVICE || !trainingEntry.isSound("optimizer", "fused_optimizer")) {
            return;
        }
        boolean orthogonal = training.optimizer() == Optimizer.MUON;
        if (orthogonal || !training.fusedOptimizer()) {
            block.problem(
                    "optimizer",
                    block.shown("optimizer"),
                    orthogonal
                            ? "cannot be with muon, whose matrices the device multiplies whole"
                            : "cannot be with an optimizer that is not fused",
                    orthogonal ? "adamw" : "fused_optimizer: true");
        }
    }

    static Map<String, Object> plain(Offload offload) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("optimizer", Entry.kebab(offload.optimizer()));
        plain.put("activations", offload.activations());
        if (offload.bytesPerSecond() > 0) {
            plain.put("bandwidth", offload.bytesPerSecond() + " B/s");
        }
        if (offload.updateBytesPerSecond() > 0) {
            plain.put(UPDATE, offload.updateBytesPerSecond() + " B/s");
        }
        return plain;
    }
}
