// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective.tuner;

import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.hardware.collective.Group;
import dev.dryrun.hardware.collective.Protocol;
import dev.dryrun.hardware.collective.Tuner;
import dev.dryrun.hardware.topology.DomainWiring;
import java.util.OptionalDouble;

/// How RCCL 2.21 chooses.
///
///     time = latency + bytes / (B ratio correction),   ring: B n/steps, tree: B/2
///
/// Latencies are as NCCL's ([NcclLatency]) with a base of 12 us in LL and LL128, 17 us in Simple, and steps of
/// [RcclTables]; so are ratio and correction, which rings have on several nodes only. B is what rings of a node and
/// interfaces carry, 48 GB/s of the 64 of a link of MI300X and 36 of the 50 of MI250X. A full mesh of eight has tables
/// of its own, on one node of it trees in Simple are left out. Source: ROCm/rccl at 0cbce2a757, `tuning.cc`, `topo.h`,
/// `rome_models.cc`. Every other board takes the default tables.
final class RcclTuner implements Tuner {
    private static final int DEFAULT_TABLES = 0;
    private static final int MESH_TABLES = 5;
    private static final double BASE_MICROS = 12;
    private static final double SIMPLE_BASE_MICROS = 17;
    private static final double HOST_STEP = 1;
    private static final double SIMPLE_HOST_STEPS = 3;
    private static final double OF_MI250X_LINK = 36.0 / 50;
    private static final double OF_MI300X_LINK = 48.0 / 64;

    @Override
    public String name() {
        return "rccl-2.21";
    }

    @Override
    public String library() {
        return "rccl";
    }

    @Override
    public Table table(CollectiveKind kind, Group group) {
        boolean mesh = group.node().wiring() == DomainWiring.MESH;
        RcclTables tables = RcclTables.of(mesh ? MESH_TABLES : DEFAULT_TABLES);
        double sum = bytesPerSecond(group);
        return (algorithm, protocol, bytes) -> {
            boolean tree = algorithm.equals("tree");
            boolean leftOut = tree
                    && (kind != CollectiveKind.ALL_REDUCE
                            || (mesh && group.nodes() == 1 && protocol == Protocol.SIMPLE));
            if (leftOut || !(tree || algorithm.equals("ring"))) {
                return OptionalDouble.empty();
            }
            double rate = sum * tables.ratio(algorithm, protocol, group.nodes() > 2);
            rate *= tree || group.nodes() > 1 ? tables.correction(algorithm, protocol, bytes) : 1;
            rate /= tree ? 2 : kind.traffic(group.ranks());
            double micros = tree ? treeMicros(tables, protocol, group) : ringMicros(tables, protocol, kind, group);
            return rate > 0 ? OptionalDouble.of(micros * 1e-6 + bytes / rate) : OptionalDouble.empty();
        };
    }

    private static double bytesPerSecond(Group group) {
        double share = switch (group.ringLink()) {
            case "xgmi2" -> OF_MI250X_LINK;
            case "xgmi3", "xgmi4" -> OF_MI300X_LINK;
            default -> group.efficiency().ring();
        };
        double links = group.ringBytesPerSecond() * share;
        double nics = Channels.nicsInUse(group) * Channels.nicRate(group.node()) * 1e9;
        return group.nodes() > 1 ? Math.min(links, nics) : links;
    }

    private static double base(Protocol protocol) {
        return switch (protocol) {
            case LL, LL128 -> BASE_MICROS;
            case SIMPLE -> SIMPLE_BASE_MICROS;
        };
    }

    private static double inside(RcclTables tables, String algorithm, Protocol protocol, Group group) {
        return tables.insideMicros(algorithm, protocol, group.ringLink().startsWith("xgmi"));
    }

    private static double treeMicros(RcclTables tables, Protocol protocol, Group group) {
        int levels = NcclLatency.levels(group.nodes());
        return base(protocol)
                + 2
                        * ((group.membersPerNode() - 1) * inside(tables, "tree", protocol, group)
                                + levels * tables.networkMicros("tree", protocol));
    }

    private static double ringMicros(RcclTables tables, Protocol protocol, CollectiveKind kind, Group group) {
        double inside = inside(tables, "ring", protocol, group);
        if (kind == CollectiveKind.BROADCAST || kind == CollectiveKind.REDUCE) {
            return base(protocol) + (group.nodes() > 1 ? tables.networkMicros("ring", protocol) : inside);
        }
        double between = tables.networkMicros(group.membersPerNode() == 1 ? "tree" : "ring", protocol);
        double host = protocol == Protocol.SIMPLE ? SIMPLE_HOST_STEPS * HOST_STEP : HOST_STEP;
        double step = group.nodes() > 1 ? Math.max(inside, host) : inside;
        int steps = kind.rounds() * (group.ranks() - 1);
        int networkSteps = kind.rounds() * (group.nodes() - 1);
        return base(protocol) + (steps - networkSteps) * step + networkSteps * between;
    }
}
