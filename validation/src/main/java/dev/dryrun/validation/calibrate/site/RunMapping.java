// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.site;

import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.validation.calibrate.nccltests.BenchmarkLogs;
import dev.dryrun.validation.calibrate.nccltests.BenchmarkRun;
import dev.dryrun.validation.calibrate.nccltests.Member;
import dev.dryrun.validation.calibrate.nccltests.Sample;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lays the ranks of runs on the GPUs of a machine.
///
/// A host is a node; where a node is larger than hosts, as a rack is than its trays, as many hosts as it holds are one.
/// GPUs keep their numbers where processes tell them apart; where each process calls its own number 0, they go by rank.
final class RunMapping {
    private final Machine machine;
    private final Problems problems;
    private final List<String> notes;

    /// @param notes takes why a run or a size is left out
    RunMapping(Machine machine, Problems problems, List<String> notes) {
        this.machine = machine;
        this.problems = problems;
        this.notes = notes;
    }

    SiteEvidence evidence(List<BenchmarkRun> runs) {
        var series = new ArrayList<SiteSeries>();
        for (BenchmarkRun run : runs) {
            SiteSeries one = series(run);
            if (one != null) {
                series.add(one);
            }
        }
        int nodes = series.stream().mapToInt(SiteSeries::nodes).max().orElse(1);
        return new SiteEvidence(machine.spanning(nodes), series);
    }

    private @Nullable SiteSeries series(BenchmarkRun run) {
        RunGroup group = RunGroup.of(run);
        boolean known = !group.hosts().isEmpty();
        if (!known) {
            notes.add(run.at() + ": the log introduces no ranks; they are taken for all " + machine.nodes() + " x "
                    + machine.node().gpus() + " of the cluster");
        }
        int ranks = known ? group.ranks() : machine.nodes() * machine.node().gpus();
        if (!isOneGroup(run, group, ranks)) {
            return null;
        }
        int perHost = known ? group.perHost() : machine.node().gpus();
        int hosts = known ? group.hosts().size() : machine.nodes();
        int hostsOfNode = hostsOfNode(hosts, perHost);
        if (perHost > machine.node().gpus() || hosts % hostsOfNode != 0) {
            problems.add(
                    run.at(),
                    "this run",
                    "on " + hosts + " hosts of " + perHost + " GPUs",
                    "does not fit on nodes of " + machine.node().gpus() + " ("
                            + machine.node().name() + ")",
                    "--cluster NODE*" + hosts);
            return null;
        }
        if (hosts > hostsOfNode && !machine.hasNetwork()) {
            problems.add(
                    run.at(),
                    "this run",
                    "on " + hosts + " hosts of " + perHost + " GPUs",
                    "needs a network, and " + machine.node().name() + " on fabric "
                            + machine.fabric().name() + " has none",
                    "--cluster " + machine.node().name() + "*" + hosts / hostsOfNode);
            return null;
        }
        List<Sample> samples = trusted(run);
        List<Integer> gpus = known ? gpus(group, hostsOfNode) : all(ranks);
        return BenchmarkLogs.kindOf(run.collective())
                .filter(kind -> !samples.isEmpty())
                .map(kind -> SiteSeries.of(run, kind, machine, hosts / hostsOfNode, gpus, group.launch(), samples))
                .orElse(null);
    }

    private boolean isOneGroup(BenchmarkRun run, RunGroup group, int ranks) {
        if (ranks < 2) {
            return leftOut(run, "it has one GPU; without MPI each process runs by itself");
        }
        var groups = new HashSet<Integer>();
        var numbers = new HashSet<Integer>();
        for (Member member : run.members()) {
            groups.add(member.group());
            numbers.add(member.rank());
        }
        if (groups.size() > 1) {
            return leftOut(run, "several groups run at once and share links, which no constant of one group explains");
        }
        if (numbers.size() < run.members().size()) {
            return leftOut(run, "a rank is there twice; runs without MPI, or lines of several runs, are mixed");
        }
        if (!group.hosts().isEmpty() && group.perHost() == 0) {
            return leftOut(run, "its hosts differ in their number of ranks");
        }
        return true;
    }

    private boolean leftOut(BenchmarkRun run, String reason) {
        notes.add(run.at() + ": left out: " + reason);
        return false;
    }

    private int hostsOfNode(int hosts, int perHost) {
        int fitting = perHost == 0 ? 1 : machine.node().gpus() / perHost;
        boolean trays = Machine.isRack(machine.node()) && hosts > machine.nodes() && fitting > 1;
        return trays ? Math.min(fitting, hosts) : 1;
    }

    private List<Integer> gpus(RunGroup group, int hostsOfNode) {
        var gpus = new ArrayList<Integer>();
        int perHost = group.perHost();
        for (int host = 0; host < group.hosts().size(); host++) {
            List<Integer> devices = group.hosts().get(host);
            boolean told = new HashSet<>(devices).size() == perHost
                    && devices.stream()
                            .allMatch(device -> device < machine.node().gpus() / hostsOfNode);
            int first = host / hostsOfNode * machine.node().gpus() + host % hostsOfNode * perHost;
            for (int i = 0; i < perHost; i++) {
                gpus.add(first + (told && hostsOfNode == 1 ? devices.get(i) : i));
            }
        }
        return gpus;
    }

    private static List<Integer> all(int ranks) {
        var gpus = new ArrayList<Integer>();
        for (int i = 0; i < ranks; i++) {
            gpus.add(i);
        }
        return gpus;
    }

    private List<Sample> trusted(BenchmarkRun run) {
        var samples = new ArrayList<Sample>();
        for (Sample sample : run.samples()) {
            if (sample.wrongElements() > 0) {
                notes.add(sample.at() + ": left out: the benchmark found wrong results");
            } else {
                samples.add(sample);
            }
        }
        return samples;
    }
}
