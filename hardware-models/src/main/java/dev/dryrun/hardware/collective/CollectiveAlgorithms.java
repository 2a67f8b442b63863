// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import java.util.List;

/// The algorithms known, each in its protocols, in the order in which equally quick ones are preferred.
public final class CollectiveAlgorithms {
    public static final List<CollectiveAlgorithm> ALL = List.of(
            new DirectSend(),
            new DirectAllToAll(),
            new SimpleRing(),
            new TorusRing(),
            new Ll128Ring(),
            new LowLatencyRing(),
            new Ll128Tree(),
            new LowLatencyTree(),
            new InSwitchAllReduce(),
            new SwitchTree(),
            new ChainTree(),
            new InNetworkAllReduce(),
            new HalvingDoubling(),
            new ParallelTrees());

    private CollectiveAlgorithms() {}

    /// Names of all, each once.
    public static List<String> names() {
        return ALL.stream().map(CollectiveAlgorithm::name).distinct().toList();
    }
}
