// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

/// Ring in protocol LL128, which flags every 128 bytes instead of every slice.
///
///     T = t0 + extra + steps + f S / min(c raw, 0.92 BN)
///
/// c is the share of the raw link that the protocol reaches; 0.92 as in NCCL's tuning.cc.
final class Ll128Ring implements CollectiveAlgorithm {
    @Override
    public String name() {
        return "ring";
    }

    @Override
    public Protocol protocol() {
        return Protocol.LL128;
    }

    @Override
    public boolean offers(CollectiveKind kind, Group group) {
        return kind.ringOrTree() && group.efficiency().ll128Share() > 0;
    }

    @Override
    public CollectivePlan plan(CollectiveKind kind, Group group) {
        CollectiveLibrary library = group.library();
        double traffic = kind.traffic(group.ranks());
        var usage = group.newUsage();
        group.addInsideNodes(usage, traffic / group.efficiency().ll128Share());
        group.addBetweenNodes(
                usage,
                traffic / (library.ll128NetworkShare() * group.networkClass().ringEfficiency()));
        double latencySeconds = library.baseSeconds()
                + library.ll128ExtraSeconds()
                + RingLatency.seconds(kind, group, library.lowLatencyHopSeconds());
        return CollectivePlan.of(this, latencySeconds, group.ringStage(usage, traffic));
    }
}
