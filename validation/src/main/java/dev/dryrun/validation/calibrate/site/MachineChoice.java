// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.site;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.hardware.topology.NodeType;
import dev.dryrun.scenario.cli.ClusterOption;
import dev.dryrun.scenario.spec.ClusterAlone;
import dev.dryrun.validation.calibrate.nccltests.BenchmarkRun;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The machine that the user names, or that the names of the GPUs in the logs leave no choice about.
final class MachineChoice {
    private static final String OPTION = "--cluster";

    private final Catalog catalog;
    private final Problems problems;
    private final List<String> notes;

    /// @param notes takes what was assumed
    MachineChoice(Catalog catalog, Problems problems, List<String> notes) {
        this.catalog = catalog;
        this.problems = problems;
        this.notes = notes;
    }

    /// The machine; null where there is none, which was told.
    ///
    /// @param cluster node and how many, as written; null where the logs are to say it
    /// @param fabric name of the catalog; null where it is the usual one
    @Nullable
    Machine of(List<BenchmarkRun> runs, @Nullable String cluster, @Nullable String fabric) {
        String written = cluster == null ? byLogs(runs) : cluster;
        if (written == null) {
            return null;
        }
        ClusterAlone alone = ClusterOption.read(catalog, written, fabric);
        if (alone.cluster().nodes() > 1 && fabric == null) {
            notes.add("the network between nodes is taken for fabric "
                    + alone.cluster().fabric().name() + "; --fabric names another");
        }
        if (cluster != null) {
            compareNames(runs, alone.cluster().node().accelerator());
        }
        return new Machine(
                alone.cluster().node(),
                alone.cluster().fabric(),
                alone.library(),
                alone.cluster().nodes());
    }

    private void compareNames(List<BenchmarkRun> runs, String accelerator) {
        var others = new TreeSet<String>();
        for (BenchmarkRun run : runs) {
            RunGroup.of(run).products().stream()
                    .filter(product -> !new DeviceName(product).fits(accelerator))
                    .forEach(others::add);
        }
        if (!others.isEmpty()) {
            notes.add("the logs call the GPUs " + String.join(", ", others) + "; the node has " + accelerator);
        }
    }

    private @Nullable String byLogs(List<BenchmarkRun> runs) {
        var products = new TreeSet<String>();
        int perHost = 0;
        int hosts = 1;
        Position first = runs.getFirst().at();
        for (BenchmarkRun run : runs) {
            RunGroup group = RunGroup.of(run);
            products.addAll(group.products());
            perHost = Math.max(perHost, group.perHost());
            hosts = Math.max(hosts, group.hosts().size());
        }
        if (products.size() != 1) {
            String found = products.isEmpty() ? "in none of the logs" : String.join(" and ", products);
            problems.add(first, "the name of the GPUs", found, "must be one, or " + OPTION + " must say the node", "");
            return null;
        }
        List<String> fitting = new NodeFinder(catalog).fitting(products.first(), perHost, hosts > 1);
        if (fitting.size() != 1) {
            String gpus = perHost + " x " + products.first();
            String found =
                    fitting.isEmpty() ? "unknown to the catalog" : "that of several: " + String.join(", ", fitting);
            String remedy = fitting.isEmpty() ? "NODE*" + hosts : written(fitting.getFirst(), hosts, perHost);
            problems.add(first, "a node of " + gpus, found, OPTION + " must say which", OPTION + " " + remedy);
            return null;
        }
        notes.add("the node is taken for " + fitting.getFirst() + ", by the names of its GPUs");
        return written(fitting.getFirst(), hosts, perHost);
    }

    /// The node and as many of it as these hosts are.
    private String written(String name, int hosts, int perHost) {
        NodeType node = ClusterOption.read(catalog, name, null).cluster().node();
        return name + "*" + (Machine.isRack(node) ? Math.max(1, Math.ceilDiv(hosts * perHost, node.gpus())) : hosts);
    }
}
