// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.collective;

import dev.dryrun.hardware.collective.CollectiveLibrary;
import dev.dryrun.hardware.collective.LinkEfficiency;
import dev.dryrun.hardware.topology.NetworkClass;
import dev.dryrun.validation.published.collective.mapping.CollectiveConstants;
import dev.dryrun.validation.published.collective.table.MeasuredCollective.Launch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A value for each [Constant]; the constants that are not fitted are those of the catalog.
public final class ConstantSet implements CollectiveConstants {
    private static final double BELOW_ONE = 0.999;

    private final double[] si;
    private final CollectiveLibrary nccl;
    private final CollectiveLibrary rccl;

    /// @param logarithms of the values in SI units, by ordinal
    ConstantSet(double[] logarithms) {
        si = new double[logarithms.length];
        for (int i = 0; i < si.length; i++) {
            si[i] = Math.exp(logarithms[i]);
        }
        CollectiveLibrary heldNccl = CollectiveLibrary.named("nccl");
        CollectiveLibrary heldRccl = CollectiveLibrary.named("rccl");
        nccl = library(heldNccl, of(Constant.BASE), ncclLinks(heldNccl));
        rccl = library(heldRccl, of(Constant.BASE) + of(Constant.RCCL_EXTRA), rcclLinks(heldRccl));
    }

    /// What vendors publish.
    public static ConstantSet published() {
        return new ConstantSet(publishedLogarithms());
    }

    static double[] publishedLogarithms() {
        Constant[] constants = Constant.values();
        double[] logarithms = new double[constants.length];
        for (Constant constant : constants) {
            logarithms[constant.ordinal()] = Math.log(constant.published());
        }
        return logarithms;
    }

    /// The value in SI units.
    public double of(Constant constant) {
        return si[constant.ordinal()];
    }

    double[] logarithms() {
        double[] logarithms = new double[si.length];
        for (int i = 0; i < si.length; i++) {
            logarithms[i] = Math.log(si[i]);
        }
        return logarithms;
    }

    private double share(Constant constant) {
        return Math.min(BELOW_ONE, of(constant));
    }

    private Map<String, LinkEfficiency> ncclLinks(CollectiveLibrary held) {
        double ring = share(Constant.NVLINK_RING);
        double ll = share(Constant.LL);
        double ll128 = share(Constant.LL128);
        Map<String, LinkEfficiency> links = new LinkedHashMap<>(held.links());
        // V100 copies and checks half as fast as A100, by the caps of NCCL's tuning.cc.
        links.put("nvlink2", new LinkEfficiency(ring, of(Constant.LL_RATE_NVLINK3) / 2, 0, 0, 0));
        links.put("nvlink3", new LinkEfficiency(ring, of(Constant.LL_RATE_NVLINK3), 0, 0, 0));
        links.put("nvlink4", new LinkEfficiency(ring, 0, ll, ll128, share(Constant.IN_SWITCH_NVLINK4)));
        links.put("nvlink5", new LinkEfficiency(ring, 0, ll, ll128, share(Constant.IN_SWITCH_NVLINK5)));
        return links;
    }

    private Map<String, LinkEfficiency> rcclLinks(CollectiveLibrary held) {
        var xgmi = new LinkEfficiency(share(Constant.XGMI_RING), 0, share(Constant.LL), 0, 0);
        Map<String, LinkEfficiency> links = new LinkedHashMap<>(held.links());
        links.put("xgmi3", xgmi);
        links.put("xgmi4", xgmi);
        return links;
    }

    private CollectiveLibrary library(CollectiveLibrary held, double baseSeconds, Map<String, LinkEfficiency> links) {
        return new CollectiveLibrary(
                held.name(),
                baseSeconds,
                of(Constant.LOW_LATENCY_HOP),
                held.proxiedHopSeconds(),
                of(Constant.BULK_HOP),
                of(Constant.MESH_HOP),
                of(Constant.IN_SWITCH_PER_GPU),
                held.ll128ExtraSeconds(),
                held.fillBytes(),
                held.pairShare(),
                held.treeShare(),
                held.manyNodeTreeShare(),
                held.ll128NetworkShare(),
                share(Constant.LL_NETWORK),
                of(Constant.REMOTE_PEER),
                of(Constant.LARGE_DOMAIN),
                held.messageChannels(),
                links);
    }

    @Override
    public CollectiveLibrary library(String name) {
        return name.equals(rccl.name()) ? rccl : nccl;
    }

    @Override
    public Optional<NetworkClass> network(String name) {
        double ring = share(Constant.NETWORK_RING);
        double message = share(Constant.NETWORK_MESSAGE);
        return switch (name) {
            case "rdma" -> network(name, Constant.RDMA_MESSAGE, Constant.RDMA_BULK, ring, message);
            case "efa" -> network(name, Constant.EFA_MESSAGE, Constant.EFA_BULK, ring, message);
            case "efa-v1" -> {
                double slow = share(Constant.EFA_V1_RING);
                yield network(name, Constant.EFA_MESSAGE, Constant.EFA_BULK, slow, Math.min(slow, message));
            }
            case "tcpxo" -> network(name, Constant.TCPXO_MESSAGE, Constant.TCPXO_BULK, ring, message);
            case "slingshot" -> network(name, Constant.SLINGSHOT_MESSAGE, Constant.SLINGSHOT_BULK, ring, message);
            case "tcp" ->
                network(name, Constant.TCP_MESSAGE, Constant.TCP_BULK, ring, message)
                        .map(network -> network.withRankRate(of(Constant.TCP_RANK)));
            default -> Optional.empty();
        };
    }

    private Optional<NetworkClass> network(String name, Constant message, Constant bulk, double ring, double direct) {
        double messageSeconds = of(message);
        double bulkSeconds = Math.max(messageSeconds, of(bulk));
        return Optional.of(new NetworkClass(name, messageSeconds, bulkSeconds, ring, direct));
    }

    @Override
    public double hostSeconds(Launch launch) {
        return switch (launch) {
            case MPI -> 0;
            case ONE_PROCESS, PYTHON_LOOP -> of(Constant.HOST);
        };
    }
}
