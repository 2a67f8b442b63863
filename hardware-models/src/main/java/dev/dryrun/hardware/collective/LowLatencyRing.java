// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

/// Ring in protocol LL ([LowLatency]): `h = rounds (n-1) - hx` steps inside nodes, `hx = rounds (N-1)` between them.
final class LowLatencyRing implements CollectiveAlgorithm {
    @Override
    public String name() {
        return "ring";
    }

    @Override
    public Protocol protocol() {
        return Protocol.LL;
    }

    @Override
    public boolean offers(CollectiveKind kind, Group group) {
        return kind.ringOrTree();
    }

    @Override
    public CollectivePlan plan(CollectiveKind kind, Group group) {
        CollectiveLibrary library = group.library();
        double hopSeconds = group.nodes() > 1 ? library.proxiedHopSeconds() : library.lowLatencyHopSeconds();
        int rounds = kind.rounds();
        double stepSeconds = rounds
                * ((group.ranks() - 1) * hopSeconds
                        + (group.nodes() - 1) * group.networkClass().messageLatencySeconds()
                        + group.lineSecondsAround());
        return LowLatency.plan(this, kind, group, stepSeconds);
    }
}
