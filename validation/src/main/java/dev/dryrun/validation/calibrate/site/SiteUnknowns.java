// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.site;

import dev.dryrun.hardware.collective.SiteTuning;
import dev.dryrun.hardware.collective.TunedConstant;
import dev.dryrun.validation.calibrate.collective.Unknowns;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The constants of a machine room, each drawn in the logarithm to what the catalog says; the last one is the host's
/// cost of the benchmark.
final class SiteUnknowns implements Unknowns<SiteConstants> {
    private static final double LARGEST_SHARE = 0.999;
    /// What one process that drives eight GPUs adds to a call, by the catalog's own fit.
    private static final double HOST_SECONDS = 16e-6;
    private static final double HOST_SPREAD = 0.5;

    private final SiteConstants.Room room;
    private final List<TunedConstant> constants;
    private final double[] centres;

    /// @param overNodes whether some run spans nodes; else constants of the network stay out
    /// @param mesh whether the GPUs of a node are joined pairwise
    SiteUnknowns(SiteConstants.Room room, boolean overNodes, boolean mesh) {
        this.room = room;
        List<TunedConstant> some = new ArrayList<>();
        for (TunedConstant constant : TunedConstant.values()) {
            double value = constant.in(room.library(), room.link(), room.network());
            boolean hop = constant == (mesh ? TunedConstant.BULK_HOP : TunedConstant.MESH_HOP);
            boolean network = constant.ofNetwork() || constant == TunedConstant.LL_NETWORK;
            if (value > 0 && !Double.isInfinite(value) && (overNodes || !network) && !hop) {
                some.add(constant);
            }
        }
        constants = List.copyOf(some);
        centres = new double[count()];
        for (int c = 0; c < constants.size(); c++) {
            centres[c] = Math.log(constants.get(c).in(room.library(), room.link(), room.network()));
        }
        centres[constants.size()] = Math.log(HOST_SECONDS);
    }

    List<TunedConstant> constants() {
        return constants;
    }

    /// Logarithms of the catalog's values.
    double[] centres() {
        return centres.clone();
    }

    @Override
    public int count() {
        return constants.size() + 1;
    }

    /// How far machine rooms of one class lie from the catalog: what software and cabling decide lies farther than what
    /// the links do.
    @Override
    public double spread(int constant) {
        if (constant == constants.size()) {
            return HOST_SPREAD;
        }
        return switch (constants.get(constant)) {
            case MESSAGE_LATENCY, BULK_LATENCY, RANK_RATE -> 0.7;
            case RING_EFFICIENCY, MESSAGE_EFFICIENCY, LL_NETWORK -> 0.4;
            case BASE, LOW_LATENCY_HOP, BULK_HOP, MESH_HOP, IN_SWITCH_PER_GPU, LL, LL_RATE, LL128 -> 0.3;
            case RING, IN_SWITCH -> 0.1;
        };
    }

    @Override
    public double drawnTo(double[] logarithms, int constant) {
        return centres[constant];
    }

    @Override
    public SiteConstants at(double[] logarithms) {
        Map<TunedConstant, Double> values = new EnumMap<>(TunedConstant.class);
        for (int c = 0; c < constants.size(); c++) {
            values.put(constants.get(c), value(constants.get(c), Math.exp(logarithms[c])));
        }
        return new SiteConstants(room, new SiteTuning(values), Math.exp(logarithms[constants.size()]));
    }

    private static double value(TunedConstant constant, double value) {
        return constant.unit() == null ? Math.min(LARGEST_SHARE, value) : value;
    }
}
