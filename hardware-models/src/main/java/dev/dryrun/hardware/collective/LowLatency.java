// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

/// Protocol LL: four bytes of flag beside four of data, so twice the bytes on every wire and no synchronisation.
///
///     T = t0 + h a + hx l + S / b + (N > 1: S / (c p nic))
///
/// h steps inside nodes and hx between them, as the algorithm has them. b is the rate at which GPUs copy and check in
/// this protocol, c the like share of p interfaces. Both bind long before the wires do, hence stand as one cap of the
/// rate, 1 / (1/b + 1/(c p nic)).
final class LowLatency {
    private static final double WIRE_BYTES_PER_BYTE = 2;

    private LowLatency() {}

    /// @param stepSeconds latency of all steps
    static CollectivePlan plan(CollectiveAlgorithm by, CollectiveKind kind, Group group, double stepSeconds) {
        CollectiveLibrary library = group.library();
        double traffic = kind.traffic(group.ranks());
        double secondsPerByte = 1 / copyBytesPerSecond(group, traffic);
        if (group.nodes() > 1) {
            secondsPerByte += 1 / (library.networkLowLatencyShare() * group.nicBytesPerSecond());
        }
        var usage = group.newUsage();
        group.addInsideNodes(
                usage, WIRE_BYTES_PER_BYTE * traffic / group.efficiency().ring());
        group.addBetweenNodes(
                usage, WIRE_BYTES_PER_BYTE * traffic / group.networkClass().ringEfficiency());
        return CollectivePlan.of(by, library.baseSeconds() + stepSeconds, group.stage(usage, 1 / secondsPerByte));
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
