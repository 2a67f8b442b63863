// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.network;

import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.hardware.collective.CollectivePlan;
import dev.dryrun.hardware.collective.Collectives;
import dev.dryrun.hardware.collective.Grain;
import dev.dryrun.hardware.collective.Protocol;
import dev.dryrun.hardware.collective.Stage;
import java.util.ArrayList;
import java.util.List;

/// A collective over a group at sizes that double, as a benchmark of a library would print it.
///
/// @param kind of collective
/// @param ranks of the group
/// @param grain in which it was played
/// @param rows in order of size
public record CollectiveBench(CollectiveKind kind, int ranks, Grain grain, List<Row> rows) {
    /// One size.
    ///
    /// @param bytes as [CollectiveKind] says
    /// @param seconds where nothing else uses the links
    /// @param algorithm that the library is taken to choose: the quickest of what it has
    /// @param protocol of that
    /// @param bottleneck link that binds; "protocol" where none does, "latency" where most of the time is no transfer
    public record Row(
            double bytes,
            double seconds,
            double busBytesPerSecond,
            String algorithm,
            Protocol protocol,
            String bottleneck) {
        /// Bytes over time.
        public double algorithmBytesPerSecond() {
            return bytes / seconds;
        }
    }

    public CollectiveBench {
        rows = List.copyOf(rows);
    }

    /// What moves no bytes has one row, of size 0.
    ///
    /// @param fromBytes first size
    /// @param toBytes no size is larger
    public static CollectiveBench run(Collectives collectives, BenchCall call, double fromBytes, double toBytes) {
        List<Row> rows = new ArrayList<>();
        CollectiveKind kind = call.kind();
        int ranks = call.gpus().length;
        for (double bytes : kind.hasBytes() ? doubling(fromBytes, toBytes) : List.of(0.0)) {
            CollectivePlan plan = call.plan(collectives, bytes);
            double seconds = call.seconds(collectives, bytes);
            double bus = bytes / seconds * kind.traffic(ranks);
            rows.add(new Row(
                    bytes, seconds, bus, plan.algorithm(), plan.protocol(), bottleneck(collectives, plan, seconds)));
        }
        return new CollectiveBench(kind, ranks, call.grain(), rows);
    }

    private static List<Double> doubling(double fromBytes, double toBytes) {
        List<Double> sizes = new ArrayList<>();
        for (double bytes = fromBytes; bytes <= toBytes; bytes *= 2) {
            sizes.add(bytes);
        }
        return sizes;
    }

    private static String bottleneck(Collectives collectives, CollectivePlan plan, double seconds) {
        if (plan.latencySeconds() > seconds / 2) {
            return "latency";
        }
        Stage stage = plan.main();
        double[] capacity = collectives.network().capacityBytesPerSecond();
        String binding = "protocol";
        double least = stage.capBytesPerSecond();
        for (int i = 0; i < stage.footprint().size(); i++) {
            int resource = stage.footprint().resources()[i];
            double rate = capacity[resource] / stage.footprint().usagePerUnit()[i];
            if (rate < least) {
                least = rate;
                binding = collectives.network().nameOf(resource);
            }
        }
        return binding;
    }
}
