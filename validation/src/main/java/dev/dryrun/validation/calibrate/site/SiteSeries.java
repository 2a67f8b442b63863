// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.site;

import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.hardware.collective.CollectivePlan;
import dev.dryrun.hardware.collective.Collectives;
import dev.dryrun.hardware.topology.Cluster;
import dev.dryrun.hardware.topology.Network;
import dev.dryrun.validation.calibrate.nccltests.BenchmarkRun;
import dev.dryrun.validation.calibrate.nccltests.Sample;
import dev.dryrun.validation.published.collective.table.MeasuredCollective.Launch;
import java.util.List;

/// A run as it is simulated, with the samples that count.
///
/// @param ranks of the benchmark, of which a send-and-receive is decided by two
/// @param gpus whose collective is simulated, in the order of ranks
/// @param network of the nodes it spans, which no constant changes; belongs to one thread
/// @param samples in the order of the log, those without wrong results
record SiteSeries(
        BenchmarkRun run,
        CollectiveKind kind,
        int nodes,
        int ranks,
        List<Integer> gpus,
        Launch launch,
        Network network,
        List<Sample> samples) {
    SiteSeries {
        gpus = List.copyOf(gpus);
        samples = List.copyOf(samples);
    }

    static SiteSeries of(
            BenchmarkRun run,
            CollectiveKind kind,
            Machine machine,
            int nodes,
            List<Integer> members,
            Launch launch,
            List<Sample> samples) {
        Network network = new Cluster(machine.node(), nodes, machine.fabric()).network();
        int perNode = members.size() / nodes;
        List<Integer> gpus = kind != CollectiveKind.SEND_RECV
                ? members
                : nodes > 1 ? members.subList(perNode - 1, perNode + 1) : members.subList(0, 2);
        return new SiteSeries(run, kind, nodes, members.size(), gpus, launch, network, samples);
    }

    /// The run under some values.
    Timing timing(SiteValues values) {
        var collectives = new Collectives(network, values.library(), values.networkTuning());
        double host = launch == Launch.MPI ? 0 : values.hostSeconds();
        return new Timing(collectives, kind, gpus.stream().mapToInt(gpu -> gpu).toArray(), host);
    }

    /// Seconds of calls of a run.
    ///
    /// @param hostSeconds of the benchmark, added to every call
    record Timing(Collectives collectives, CollectiveKind kind, int[] gpus, double hostSeconds) {
        double seconds(double bytes) {
            return hostSeconds + plan(bytes).seconds(bytes);
        }

        String algorithm(double bytes) {
            return plan(bytes).algorithm();
        }

        private CollectivePlan plan(double bytes) {
            return collectives.quickest(kind, bytes, gpus);
        }
    }
}
