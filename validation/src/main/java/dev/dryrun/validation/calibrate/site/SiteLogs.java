// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.site;

import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.hardware.topology.Cluster;
import dev.dryrun.validation.calibrate.collective.Evidence;
import dev.dryrun.validation.calibrate.collective.Evidence.Series;
import dev.dryrun.validation.published.collective.mapping.Benchmark;
import dev.dryrun.validation.published.collective.mapping.SweepMapping;
import dev.dryrun.validation.published.collective.table.MeasuredCollective;
import dev.dryrun.validation.published.collective.table.MeasuredCollective.Setup;
import dev.dryrun.validation.published.collective.table.MeasuredCollective.Sweep;
import dev.dryrun.validation.published.table.TableProblem;
import dev.dryrun.validation.published.table.UnreadableTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Runs of logs as benchmarks on the nodes of a cluster.
final class SiteLogs {
    private final Cluster cluster;
    private final String collective;
    private final List<TableProblem> problems = new ArrayList<>();

    /// @param cluster whose type of node the runs used; its number of nodes does not matter
    /// @param collective of runs whose logs do not say; empty where none was given
    SiteLogs(Cluster cluster, String collective) {
        this.cluster = cluster;
        this.collective = collective;
    }

    /// @throws UnreadableTable with everything that is wrong
    Evidence evidence(List<NcclTestsLog> runs) {
        List<Series> series = new ArrayList<>();
        for (NcclTestsLog run : runs) {
            series(run).ifPresent(series::add);
        }
        if (!problems.isEmpty()) {
            throw new UnreadableTable(problems);
        }
        return new Evidence(series);
    }

    private Optional<Series> series(NcclTestsLog run) {
        String name = run.collective().isEmpty() ? collective : run.collective();
        Optional<CollectiveKind> kind = SweepMapping.kind(name);
        int perNode = cluster.node().gpus();
        int nodes = run.nodes() > 0 ? run.nodes() : Math.ceilDiv(run.gpus(), perNode);
        if (kind.isEmpty()) {
            return wrong(
                    run,
                    name.isEmpty() ? "a run that does not say of what" : "collective \"" + name + "\"",
                    "all_reduce, all_gather, reduce_scatter, broadcast, reduce, alltoall or sendrecv",
                    "--collective all_reduce");
        }
        if (run.gpus() < 2 || run.gpus() % nodes != 0 || run.gpus() / nodes > perNode) {
            return wrong(
                    run,
                    "a run over " + run.gpus() + " GPUs on " + nodes + " hosts",
                    "at least 2, evenly over nodes of " + perNode + " GPUs ("
                            + cluster.node().name() + ")",
                    "another --cluster");
        }
        if (nodes > 1 && cluster.node().nics() == 0) {
            return wrong(run, "a run over " + nodes + " hosts", "on a node that has interfaces", "another --cluster");
        }
        int used = run.gpus() / nodes;
        var setup = new Setup(
                run.gpu(),
                nodes,
                run.gpus(),
                OptionalDouble.empty(),
                cluster.fabric().network().name(),
                run.launch());
        var sweep = new Sweep(run.file(), setup, name, "default");
        var benchmark = new Benchmark(
                cluster.node(),
                nodes,
                nodes == 1 ? "" : cluster.fabric().network().name(),
                kind.get(),
                SweepMapping.ranks(kind.get(), run.gpus(), used, perNode),
                List.of(),
                run.launch());
        List<MeasuredCollective> rows = run.rows().stream()
                .map(row -> new MeasuredCollective(run.file(), row.line(), sweep, row.bytes(), row.seconds(), ""))
                .toList();
        return Optional.of(new Series(sweep, benchmark, rows));
    }

    private Optional<Series> wrong(NcclTestsLog run, String found, String expected, String remedy) {
        problems.add(new TableProblem(run.file(), run.line(), "", found, expected, remedy));
        return Optional.empty();
    }
}
