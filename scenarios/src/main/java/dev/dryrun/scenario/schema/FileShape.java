// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.schema;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Problem;
import dev.dryrun.hardware.catalog.Wanted;
import dev.dryrun.scenario.spec.ReadersHeard;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What files may say, as heard from their readers.
final class FileShape {
    /// Scenarios that lack everything at one level each: what is missed there has to be there.
    private static final List<String> EMPTY = List.of("{}", "cluster: {}", """
        model: {}
        cluster: {node: {}, fabric: {}}
        training: {}
        stack: {}
        site: {}
        """);
    /// A scenario with the keys that are read only where they are there.
    private static final String OPTIONAL = """
        cluster: {degraded: [{device: node 0 nic 0, rate: 1}, {link: leaf 0 - spine 0, rate: 1}], parts: [{}, {}]}
        import: {megatron: train.sh, environment: {}, gpus: 1}
        training: {tokens: 1, local_steps: {steps: 2}, lora: {rank: 1, modules: [mlp]}, packing: {lengths: [1], shares: [1]},
          data_loading: {time: 1 s}, evaluation: {every: 1, steps: 1}}
        strategy: {pipeline: {stages: 1}, data: 1, sharding: {what: parameters},
          recompute: {kind: full, modules: [mlp]}, offload: {bandwidth: 1 B/s, host_update_bandwidth: 1 B/s}}
        """;
    /// The same for catalog files, as far as no entry of the catalog has these keys.
    private static final Map<String, List<String>> OPTIONAL_BY_KIND = Map.of(
            "accelerators", List.of("kernels: {rate: {fp32: 1 FLOP/s, tf32: 1 FLOP/s, fp4: 1 FLOP/s}}"),
            "fabrics",
                    List.of(
                            "{kind: fat-tree, tiers: [{width: 1}]}",
                            "kind: dragonfly",
                            "{kind: written, links: [{pairs: [leaf 0 - spine 0], bandwidth: 1 B/s, count: 1, latency:"
                                    + " 0 s}]}",
                            "{kind: two-sites, site: {kind: rail-optimised, tiers: [{width: 1}]}}",
                            "{kind: two-sites, site: {kind: dragonfly}}"),
            "sites", List.of("network_efficiency: 1", """
                message_latency: 1 us
                bulk_latency: 1 us
                rank_rate: 1 B/s
                library:
                  name: nccl
                  base: 1 us
                  low_latency_hop: 1 us
                  bulk_hop: 1 us
                  mesh_hop: 1 us
                  in_switch_per_gpu: 1 us
                  remote_peer: 1 us
                  ll_network: 1
                  links: [{name: nvlink4, ring: 1, ll_rate: 1 B/s, ll: 1, ll128: 1, in_switch: 1}]
                """));

    private final Catalog catalog;
    private final ReadersHeard readers;

    FileShape(Catalog catalog) {
        this.catalog = catalog;
        readers = new ReadersHeard(catalog);
    }

    /// The scenario file. A block in place of a name may say what a catalog file of that kind says.
    Block scenario() {
        var scenario = new Block();
        for (String empty : EMPTY) {
            miss(readers.scenario(empty, scenario), scenario);
        }
        readers.scenario(OPTIONAL, scenario);
        // Where a file extends another, the two are laid over each other before the readers see them.
        scenario.asked("", "extends", new Wanted.Text());
        // A node may lie over that of a graph, likewise.
        scenario.brings("/cluster/node", "topology");
        // Parts have nodes of their own.
        scenario.standsInFor("/cluster", "parts");
        SortedMap<String, Block> entries = new TreeMap<>();
        ReadersHeard.kinds().forEach(kind -> entries.put(kind, heard(kind)));
        graft(scenario, entries);
        return scenario;
    }

    /// A catalog file of a kind.
    Block entry(String kind) {
        Block entry = heard(kind);
        // A file that extends another entry is laid over it before the reader sees it.
        entry.asked("", "extends", new Wanted.Name(kind));
        miss(readers.entryText(kind, "{}", entry), entry);
        return entry;
    }

    private Block heard(String kind) {
        var block = new Block();
        for (String name : catalog.names(kind)) {
            readers.entry(kind, name, block);
        }
        for (String optional : OPTIONAL_BY_KIND.getOrDefault(kind, List.of())) {
            readers.entryText(kind, optional, block);
        }
        return block;
    }

    private static void miss(List<Problem> problems, Block block) {
        for (Problem problem : problems) {
            if (problem.found().equals("missing")) {
                block.require(problem.field());
            }
        }
    }

    private static void graft(Block block, SortedMap<String, Block> entries) {
        block.keys().forEach((name, key) -> {
            if (key.wanted().contains(new Wanted.Mapping())
                    || key.wanted().contains(new Wanted.Items(new Wanted.Mapping()))) {
                graft(key.below(), entries);
                for (Wanted wanted : List.copyOf(key.wanted())) {
                    Block entry = wanted instanceof Wanted.Name(String kind) ? entries.get(kind) : null;
                    if (entry != null) {
                        key.below().add(entry);
                    }
                }
            }
        });
    }
}
