// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import java.util.List;

/// The algorithms known, in the order in which equally quick ones are preferred.
public final class CollectiveAlgorithms {
    public static final List<CollectiveAlgorithm> ALL = List.of(
            new DirectSend(),
            new DirectAllToAll(),
            new SimpleRing(),
            new TorusRing(),
            new Ll128Ring(),
            new LowLatency(),
            new InSwitchAllReduce(),
            new HierarchicalAllReduce());

    private CollectiveAlgorithms() {}

    /// Names of all.
    public static List<String> names() {
        return ALL.stream().map(CollectiveAlgorithm::name).toList();
    }
}
