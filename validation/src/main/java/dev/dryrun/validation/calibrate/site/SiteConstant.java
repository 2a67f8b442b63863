// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.site;

import dev.dryrun.hardware.collective.LibraryConstant;
import dev.dryrun.hardware.collective.LinkConstant;
import java.util.Locale;
import java.util.Optional;

/// A constant that may differ from site to site, drawn to the catalog's value.
///
/// How far sites of one class differ is seen between classes: latencies of networks by a factor of two (0.7 in the
/// logarithm), constants of a library from one fit to the next by a third, its shares of links by a tenth. Shares of a
/// network's line rate go from 0.34 to 0.95 in the catalog.
enum SiteConstant {
    BASE(LibraryConstant.BASE, 0.3, "small sizes (8 B to 1 KiB) with one process for each GPU"),
    LOW_LATENCY_HOP(
            LibraryConstant.LOW_LATENCY_HOP,
            0.3,
            "a small all-gather (8 B to 8 KiB) over two and over all GPUs of a node"),
    BULK_HOP(LibraryConstant.BULK_HOP, 0.3, "an all-gather of 1 to 16 MiB over all GPUs of a node"),
    MESH_HOP(LibraryConstant.MESH_HOP, 0.3, "an all-gather of 1 to 16 MiB over all GPUs of a node"),
    IN_SWITCH_PER_GPU(LibraryConstant.IN_SWITCH_PER_GPU, 0.4, "an all-reduce of 1 to 16 MiB over all GPUs of a node"),
    REMOTE_PEER(LibraryConstant.REMOTE_PEER, 0.5, "a small all-to-all (8 B to 64 KiB) between two nodes"),
    LL_NETWORK(LibraryConstant.LL_NETWORK, 0.4, "an all-reduce of 16 KiB to 1 MiB between two nodes"),
    RING(LinkConstant.RING, 0.1, "a large all-gather (256 MiB and more) over all GPUs of a node"),
    LL_RATE(LinkConstant.LL_RATE, 0.4, "an all-gather of 64 KiB to 1 MiB over all GPUs of a node"),
    LL(LinkConstant.LL, 0.3, "an all-gather of 64 KiB to 1 MiB over all GPUs of a node"),
    LL128(LinkConstant.LL128, 0.2, "an all-gather of 1 to 64 MiB over all GPUs of a node"),
    IN_SWITCH(LinkConstant.IN_SWITCH, 0.15, "a large all-reduce (256 MiB and more) over all GPUs of a node"),
    MESSAGE_LATENCY(
            "message_latency", 0.7, "a small all-gather (8 B to 8 KiB) between two nodes, beside one on one node"),
    BULK_LATENCY("bulk_latency", 0.7, "an all-gather of 1 to 16 MiB between two nodes"),
    RING_EFFICIENCY("ring_efficiency", 0.3, "a large all-gather (256 MiB and more) between two nodes"),
    MESSAGE_EFFICIENCY(
            "message_efficiency", 0.4, "a large all-to-all or send-recv (64 MiB and more) between two nodes"),
    RANK_RATE("rank_rate", 0.5, "a large all-gather (64 MiB and more) between two nodes"),
    HOST("host cost of a call", 0.7, "the same sizes once more with one process for each GPU");

    private static final double LARGEST_SHARE = 0.999;

    private final String key;
    private final Optional<LibraryConstant> ofLibrary;
    private final Optional<LinkConstant> ofLinks;
    private final double spread;
    private final String further;

    SiteConstant(LibraryConstant constant, double spread, String further) {
        key = constant.key();
        ofLibrary = Optional.of(constant);
        ofLinks = Optional.empty();
        this.spread = spread;
        this.further = further;
    }

    SiteConstant(LinkConstant constant, double spread, String further) {
        key = constant.key();
        ofLibrary = Optional.empty();
        ofLinks = Optional.of(constant);
        this.spread = spread;
        this.further = further;
    }

    SiteConstant(String key, double spread, String further) {
        this.key = key;
        ofLibrary = Optional.empty();
        ofLinks = Optional.empty();
        this.spread = spread;
        this.further = further;
    }

    /// Its key in files; in words where no file has it.
    String key() {
        return key;
    }

    Optional<LibraryConstant> ofLibrary() {
        return ofLibrary;
    }

    Optional<LinkConstant> ofLinks() {
        return ofLinks;
    }

    /// Standard deviation, in the logarithm, of sites around the catalog's value.
    double spread() {
        return spread;
    }

    /// Which measurement would identify it.
    String further() {
        return further;
    }

    /// Whether collectives on that machine can depend on it at all; what the catalog has as nothing stays that, as its
    /// logarithm draws to nowhere.
    boolean matters(Machine machine) {
        return isOn(machine) && catalog(machine) > 0;
    }

    private boolean isOn(Machine machine) {
        return switch (this) {
            case BASE, LOW_LATENCY_HOP, RING, HOST -> true;
            case BULK_HOP -> !machine.mesh() || machine.nodes() > 1;
            case MESH_HOP -> machine.mesh();
            case IN_SWITCH_PER_GPU -> machine.links().inSwitchShare() > 0;
            case LL_RATE, LL128, IN_SWITCH -> true;
            // A rate of the low-latency protocol makes its share idle.
            case LL -> machine.links().lowLatencyBytesPerSecond() == 0;
            case RANK_RATE ->
                machine.nodes() > 1 && Double.isFinite(machine.network().rankBytesPerSecond());
            case REMOTE_PEER, LL_NETWORK, MESSAGE_LATENCY, BULK_LATENCY, RING_EFFICIENCY, MESSAGE_EFFICIENCY ->
                machine.nodes() > 1;
        };
    }

    /// The catalog's value in SI units.
    double catalog(Machine machine) {
        return switch (this) {
            case MESSAGE_LATENCY -> machine.network().messageLatencySeconds();
            case BULK_LATENCY -> machine.network().bulkLatencySeconds();
            case RING_EFFICIENCY -> machine.network().ringEfficiency();
            case MESSAGE_EFFICIENCY -> machine.network().messageEfficiency();
            case RANK_RATE -> machine.network().rankBytesPerSecond();
            case HOST -> HostCost.SECONDS;
            case RING, LL_RATE, LL, LL128, IN_SWITCH -> ofLinks.orElseThrow().of(machine.links());
            case BASE, LOW_LATENCY_HOP, BULK_HOP, MESH_HOP, IN_SWITCH_PER_GPU, REMOTE_PEER, LL_NETWORK ->
                ofLibrary.orElseThrow().of(machine.library());
        };
    }

    /// The value as models take it: a share is below 1.
    double bounded(double si) {
        return isShare() ? Math.min(LARGEST_SHARE, si) : si;
    }

    /// Whether it is a rate, or a share of one: of several the least binds.
    boolean isRate() {
        return isShare() || isSpeed();
    }

    private boolean isSpeed() {
        return this == LL_RATE || this == RANK_RATE;
    }

    private boolean isShare() {
        return switch (this) {
            case LL_NETWORK, RING, LL, LL128, IN_SWITCH, RING_EFFICIENCY, MESSAGE_EFFICIENCY -> true;
            case BASE,
                    LOW_LATENCY_HOP,
                    BULK_HOP,
                    MESH_HOP,
                    IN_SWITCH_PER_GPU,
                    REMOTE_PEER,
                    LL_RATE,
                    RANK_RATE,
                    MESSAGE_LATENCY,
                    BULK_LATENCY,
                    HOST -> false;
        };
    }

    /// A value as files write it, three digits.
    String text(double si) {
        double scaled = isShare() ? si : isSpeed() ? si * 1e-9 : si * 1e6;
        int digits = (int) Math.clamp(2 - Math.floor(Math.log10(scaled)), 0, 6);
        String unit = isShare() ? "" : isSpeed() ? " GB/s" : " us";
        return String.format(Locale.ROOT, "%." + digits + "f", scaled) + unit;
    }
}
