// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.collective;

import java.util.Locale;

/// A constant of the collective models that is fitted. Each is drawn, in the logarithm, to what vendors publish, and
/// the networks of each class to what all classes have in common.
///
/// Not fitted, as no row tells them apart: fill, pair, tree and many-node-tree shares, the base of LL128, and the share
/// of LL128 on networks.
public enum Constant {
    BASE("base", Scale.MICROSECONDS, 7.4, 0.3, "NVIDIA/nccl tuning.cc: 6.6 (LL), 8.4 (Simple)"),
    RCCL_EXTRA("base of RCCL beyond it", Scale.MICROSECONDS, 5.4, 0.4, "ROCm/rccl tuning.cc: 12, NCCL 6.6 (LL)"),
    LOW_LATENCY_HOP("low_latency_hop", Scale.MICROSECONDS, 0.6, 0.3, "NVIDIA/nccl tuning.cc, ring LL"),
    BULK_HOP("bulk_hop", Scale.MICROSECONDS, 3.4, 0.3, "NVIDIA/nccl tuning.cc, ring Simple"),
    MESH_HOP("mesh_hop", Scale.MICROSECONDS, 2.1, 0.4, "ROCm/rccl tuning.cc, model 5, ring Simple on xGMI"),
    IN_SWITCH_PER_GPU("in_switch_per_gpu", Scale.MICROSECONDS, 3.1, 0.5, "NVIDIA/nccl tuning.cc: 25 for 8 GPUs"),
    REMOTE_PEER("remote_peer", Scale.MICROSECONDS, 3, 0.5, "NVIDIA/nccl tuning.cc: 1 a network step, 3 of Simple"),
    HOST("host cost of a benchmark", Scale.MICROSECONDS, 16, 0.7, "unverified: eight launches of 2 us each"),
    NVLINK_RING("ring of nvlink3 to 5", Scale.SHARE, 0.81, 0.05, "NVIDIA/nccl topo.h: 20/25, 20.6/25, 40.1/50"),
    XGMI_RING("ring of xgmi3 and xgmi4", Scale.SHARE, 0.75, 0.06, "ROCm/rccl topo.h: 48 of 64 GB/s"),
    IN_SWITCH_NVLINK4("in_switch of nvlink4", Scale.SHARE, 0.66, 0.15, "NVIDIA/nccl tuning.cc: 0.85 x 15/16 x 371/450"),
    IN_SWITCH_NVLINK5("in_switch of nvlink5", Scale.SHARE, 0.57, 0.15, "NVIDIA/nccl tuning.cc: 0.74 x 23/24 x 722/900"),
    LL_RATE_NVLINK3("ll_rate of nvlink3", Scale.GIGABYTES, 50, 0.5, "NVIDIA/nccl tuning.cc: 87.7 over 2(n-1)/n"),
    LL("ll of nvlink4, 5 and xgmi", Scale.SHARE, 0.313, 0.3, "NVIDIA/nccl tuning.cc: 141/450, 282/900"),
    LL128("ll128 of nvlink4 and 5", Scale.SHARE, 0.76, 0.25, "NVIDIA/nccl tuning.cc: 0.92 x 371/450"),
    LL_NETWORK("ll_network", Scale.SHARE, 0.09, 0.5, "NVIDIA/nccl tuning.cc: 45 of 400 GB/s, two nodes"),
    NETWORK_RING("ring_efficiency", Scale.SHARE, 0.92, 0.05, "ib_write of ConnectX-7: 369 of 400 Gb/s"),
    NETWORK_MESSAGE("message_efficiency", Scale.SHARE, 0.81, 0.2, "ib_write of the slower ConnectX-7: 325 of 400 Gb/s"),
    LARGE_DOMAIN("large_domain_interfaces", Scale.SHARE, 15, 0.5, "NVIDIA/nccl search.cc: 722/48 rings on SM100"),
    MESSAGE_LATENCY(
            "message latency beyond transport",
            Scale.MICROSECONDS,
            0.6,
            0.7,
            "NVIDIA/nccl tuning.cc: 5 + 1, less two ways of 2.7"),
    BULK_LATENCY("bulk latency of any network", Scale.MICROSECONDS, 23, 0.7, "NVIDIA/nccl tuning.cc: 14 x 1.4 + 3"),
    RDMA_MESSAGE(
            "rdma message_latency", MESSAGE_LATENCY, 5.4, "leave and data, each as ib_write of 2 bytes, ConnectX-7"),
    RDMA_BULK("rdma bulk_latency", BULK_LATENCY),
    EFA_MESSAGE(
            "efa message_latency",
            MESSAGE_LATENCY,
            31,
            "leave and data; unverified: 15.5 for a small message of EFA one way"),
    EFA_BULK("efa bulk_latency", BULK_LATENCY),
    TCPXO_MESSAGE("tcpxo message_latency", MESSAGE_LATENCY, 40, "leave and data; unverified: each as sockets"),
    TCPXO_BULK("tcpxo bulk_latency", BULK_LATENCY),
    SLINGSHOT_MESSAGE(
            "slingshot message_latency",
            MESSAGE_LATENCY,
            4,
            "leave and data; unverified: 2 for a small message of Slingshot one way"),
    SLINGSHOT_BULK("slingshot bulk_latency", BULK_LATENCY),
    TCP_MESSAGE(
            "tcp message_latency",
            MESSAGE_LATENCY,
            20,
            "sockets take no leave; unverified: 20 for kernel sockets one way"),
    TCP_BULK("tcp bulk_latency", BULK_LATENCY),
    EFA_V1_RING("efa-v1 ring_efficiency", Scale.SHARE, 0.92, 0.3, "as ring_efficiency"),
    TCP_RANK("tcp rank_rate", Scale.GIGABYTES, 2.5, 1, "unverified: two streams of 10 Gb/s");

    /// Unit in which a constant is printed.
    enum Scale {
        MICROSECONDS(1e-6, " us"),
        GIGABYTES(1e9, " GB/s"),
        SHARE(1, "");

        private final double si;
        private final String suffix;

        Scale(double si, String suffix) {
            this.si = si;
            this.suffix = suffix;
        }
    }

    /// Networks differ by a factor of two or so among classes.
    private static final double BETWEEN_CLASSES = 0.7;

    private final String title;
    private final Scale scale;
    private final int parent;
    private final double beyond;
    private final double published;
    private final double spread;
    private final String source;

    Constant(String title, Scale scale, double published, double spread, String source) {
        this.title = title;
        this.scale = scale;
        this.parent = -1;
        this.beyond = 0;
        this.published = published * scale.si;
        this.spread = spread;
        this.source = source;
    }

    /// A constant of one class of network, drawn to what all have in common.
    Constant(String title, Constant parent) {
        this(title, parent, 0, "what the classes of networks have in common");
    }

    /// @param beyond what this class has beyond what all have in common
    Constant(String title, Constant parent, double beyond, String source) {
        this.title = title;
        this.scale = parent.scale;
        this.parent = parent.ordinal();
        this.beyond = beyond * scale.si;
        this.published = parent.published + this.beyond;
        this.spread = BETWEEN_CLASSES;
        this.source = source;
    }

    String title() {
        return title;
    }

    /// The value it is drawn to before anything is measured, in SI units.
    double published() {
        return published;
    }

    /// Standard deviation, in the logarithm, of what it is drawn to.
    double spread() {
        return spread;
    }

    /// Whether it is drawn to a constant that classes of networks have in common.
    boolean ofClass() {
        return parent >= 0;
    }

    /// What it is drawn to, as logarithm.
    ///
    /// @param x logarithms of all constants
    double drawnTo(double[] x) {
        return Math.log(parent < 0 ? published : Math.exp(x[parent]) + beyond);
    }

    String source() {
        return source;
    }

    /// A value as the catalog writes it, three digits.
    String text(double si) {
        double value = si / scale.si;
        int digits = (int) Math.max(0, 2 - Math.floor(Math.log10(value)));
        return String.format(Locale.ROOT, "%." + digits + "f", value) + scale.suffix;
    }
}
