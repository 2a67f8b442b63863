// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.site;

import dev.dryrun.validation.calibrate.nccltests.BenchmarkRun;
import dev.dryrun.validation.calibrate.nccltests.Member;
import dev.dryrun.validation.published.collective.table.MeasuredCollective.Launch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The ranks of a run by host.
///
/// @param hosts devices of each host's ranks, in the order of ranks, hosts by their first rank
/// @param products names of the GPUs
/// @param launch how the benchmark was driven
record RunGroup(List<List<Integer>> hosts, Set<String> products, Launch launch) {
    RunGroup {
        hosts = hosts.stream().map(List::copyOf).toList();
        products = Set.copyOf(products);
    }

    /// The ranks that the log introduces; no hosts where it introduces none.
    static RunGroup of(BenchmarkRun run) {
        Map<String, List<Integer>> hosts = new LinkedHashMap<>();
        Set<List<Object>> processes = new HashSet<>();
        Set<String> products = new TreeSet<>();
        List<Member> members = new ArrayList<>(run.members());
        members.sort(Comparator.comparingInt(Member::rank));
        for (Member member : members) {
            hosts.computeIfAbsent(member.host(), host -> new ArrayList<>()).add(member.device());
            processes.add(List.of(member.host(), member.process()));
            products.add(member.product());
        }
        boolean alone = members.isEmpty() ? run.gpusOfProcess() == 1 : processes.size() == members.size();
        return new RunGroup(List.copyOf(hosts.values()), products, alone ? Launch.MPI : Launch.ONE_PROCESS);
    }

    int ranks() {
        return hosts.stream().mapToInt(List::size).sum();
    }

    /// GPUs of each host; 0 where hosts differ.
    int perHost() {
        int first = hosts.isEmpty() ? 0 : hosts.getFirst().size();
        return hosts.stream().allMatch(host -> host.size() == first) ? first : 0;
    }
}
