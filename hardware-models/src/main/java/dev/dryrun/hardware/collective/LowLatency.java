// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

/// Protocol LL: four bytes of flag beside four of data, so twice the bytes on every wire and no synchronisation. An
/// all-reduce over nodes is a tree, everything else a ring.
///
///     T = t0 + h a + hx l + S / b + (N > 1: S / (c p nic))
///     all-reduce: h = 2 (p-1), hx = 2 ceil(log2 N); else h = n-1, hx = N-1
///
/// b is the rate at which GPUs copy and check in this protocol, c the like share of p interfaces. Both bind long
/// before the wires do, hence stand as one cap of the rate, 1 / (1/b + 1/(c p nic)).
final class LowLatency implements CollectiveAlgorithm {
    private static final double WIRE_BYTES_PER_BYTE = 2;

    @Override
    public String name() {
        return "ll";
    }

    @Override
    public boolean offers(CollectiveKind kind, Group group) {
        return kind.ringOrTree();
    }

    @Override
    public CollectivePlan plan(CollectiveKind kind, Group group) {
        CollectiveLibrary library = group.library();
        double traffic = kind.traffic(group.ranks());
        boolean tree = kind == CollectiveKind.ALL_REDUCE;
        int hops = tree ? 2 * (group.membersPerNode() - 1) : group.ranks() - 1;
        int networkHops = tree ? 2 * RingLatency.ceilLog2(group.nodes()) : group.nodes() - 1;
        double hopSeconds = group.nodes() > 1 && !tree ? library.proxiedHopSeconds() : library.lowLatencyHopSeconds();

        double secondsPerByte = 1 / copyBytesPerSecond(group, traffic);
        if (group.nodes() > 1) {
            secondsPerByte += 1 / (library.networkLowLatencyShare() * group.nicBytesPerSecond());
        }
        var usage = group.newUsage();
        group.addInsideNodes(
                usage, WIRE_BYTES_PER_BYTE * traffic / group.efficiency().ring());
        group.addBetweenNodes(
                usage, WIRE_BYTES_PER_BYTE * traffic / group.networkClass().ringEfficiency());
        double latencySeconds = library.baseSeconds()
                + hops * hopSeconds
                + networkHops * group.networkClass().messageLatencySeconds()
                + (tree ? 2 * group.lineSecondsAcross() : group.lineSecondsAround());
        return CollectivePlan.of(name(), latencySeconds, group.stage(usage, 1 / secondsPerByte));
    }

    private static double copyBytesPerSecond(Group group, double traffic) {
        LinkEfficiency efficiency = group.efficiency();
        if (efficiency.lowLatencyBytesPerSecond() > 0) {
            return efficiency.lowLatencyBytesPerSecond();
        }
        boolean alone = group.membersPerNode() == 1;
        double raw = alone ? group.node().linkBytesPerSecond() : group.ringBytesPerSecond();
        return efficiency.lowLatencyShare() * raw / traffic;
    }
}
