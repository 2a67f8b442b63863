// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.torchtitan;

import dev.dryrun.scenario.imports.NearestSimulated.Sharded;
import dev.dryrun.scenario.imports.NearestSimulated.Spread;
import dev.dryrun.scenario.imports.settings.Reading;
import dev.dryrun.scenario.imports.settings.Settings;
import java.util.List;

/// Replicas and what of the training state they share, and the other degrees of parallelism.
final class DataParallel {
    private static final long MOST = 1L << 20;
    private static final String RESHARD = "parallelism.fsdp_reshard_after_forward";

    private DataParallel() {}

    static void read(Reading reading, Degrees degrees) {
        Settings settings = reading.settings();
        String shard = settings.nameOf(Names.SHARD);
        String replicate = settings.nameOf(Names.REPLICATE);
        reading.put("strategy.tensor", degrees.tensor(), settings.nameOf(Names.TENSOR));
        if (degrees.tensor() > 1) {
            // Norms run on shares of the sequence wherever torchtitan uses tensor parallelism.
            reading.put("strategy.sequence_parallel", true, settings.nameOf(Names.TENSOR));
        }
        degrees.data()
                .ifPresentOrElse(
                        data -> reading.put("strategy.data", data, shard),
                        () -> reading.put("strategy.data", "auto", shard));
        if (settings.has(replicate)) {
            reading.fates().modelled(replicate, "strategy.data");
        }
        share(reading, degrees);
        context(reading, degrees);
        experts(reading);
    }

    /// FSDP where a copy is spread over several ranks, or over the ranks of a context group; else plain replicas. With
    /// several copies it is shared in groups. Layers stay whole until their backward pass where the file says so, and
    /// by default in a pipeline.
    private static void share(Reading reading, Degrees degrees) {
        Settings settings = reading.settings();
        String shard = settings.nameOf(Names.SHARD);
        if (degrees.shard() == 1 && degrees.context() == 1) {
            reading.putNearest("strategy.sharding", Sharded.NOTHING.nearest(), shard);
            return;
        }
        boolean inGroups = degrees.replicate() > 1 && degrees.shard() > 0;
        boolean stays = settings.says(RESHARD, "never") || (degrees.stages() > 1 && !settings.says(RESHARD, "always"));
        Sharded sharded =
                degrees.replicate() > 1 && !inGroups ? Sharded.PARAMETERS_IN_UNKNOWN_GROUPS : Sharded.PARAMETERS;
        boolean plain = !inGroups && !stays;
        reading.putNearest(plain ? "strategy.sharding" : "strategy.sharding.what", sharded.nearest(), shard);
        if (inGroups) {
            reading.put("strategy.sharding.group", degrees.shard() * degrees.context(), shard);
        }
        if (stays) {
            reading.put("strategy.sharding.reshard_after_forward", false, RESHARD);
        }
    }

    private static void context(Reading reading, Degrees degrees) {
        String name = reading.settings().nameOf(Names.CONTEXT);
        if (degrees.context() > 1) {
            reading.putSpread(Spread.CONTEXT, degrees.context(), name);
        } else if (reading.settings().has(name)) {
            reading.fates().noEffect(name, "sequences are whole");
        }
    }

    /// Experts over ranks of context, replicas and, unless they are cut like other matrices, of tensor groups.
    private static void experts(Reading reading) {
        Settings settings = reading.settings();
        long ranks = settings.integer(Names.EXPERT, 1, MOST, 1);
        if (ranks > 1) {
            reading.putSpread(Spread.EXPERT, ranks, Names.EXPERT);
            reading.putSpread(
                    Spread.EXPERT_TENSOR, settings.integer(Names.EXPERT_TENSOR, 1, MOST, 1), Names.EXPERT_TENSOR);
            return;
        }
        for (String name : List.of(Names.EXPERT, Names.EXPERT_TENSOR)) {
            if (settings.has(name)) {
                reading.fates().noEffect(name, "experts are not spread over ranks");
            }
        }
    }
}
