// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.network;

import dev.dryrun.hardware.collective.CollectiveLibrary;
import dev.dryrun.hardware.collective.Collectives;
import dev.dryrun.hardware.collective.LibraryTuning;
import dev.dryrun.hardware.collective.LinkConstant;
import dev.dryrun.hardware.collective.NetworkTuning;
import dev.dryrun.hardware.topology.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// How sure the time of a collective is.
///
///     sigma^2 = s(size)^2 + sum_c (e_c s_c)^2,   e_c = d ln T / d ln c
///
/// s is how far predictions err on classes of machines that were measured ([SizeClass]); c are the figures that nobody
/// measured ([PriorFigures]), each as unsure as figures of its kind are from class to class, and e is how much of it
/// the time takes over. So a small message over a guessed latency is wide, and a large one over the same network is
/// not.
public final class BenchUncertainty {
    private static final double FACTOR = 0.9;
    private static final double LINK_DEVIATION = 0.3;

    /// A figure of which a time takes over less is not in use.
    private static final double LEAST_ELASTICITY = 0.1;

    private final Collectives collectives;
    private final List<Changed> changed = new ArrayList<>();

    /// Collectives with one figure less by a tenth.
    private record Changed(Collectives collectives, double deviation) {}

    /// A time and how sure it is.
    ///
    /// @param lowSeconds one standard deviation below the time
    /// @param highSeconds one above it
    /// @param basis what the figures in use rest on
    public record Interval(double lowSeconds, double highSeconds, Basis basis) {}

    /// What a time rests on.
    public enum Basis {
        /// Figures fitted to or measured on machines of the class.
        MEASURED_CLASS,
        /// At least one figure that nobody measured.
        PRIOR
    }

    /// @param library and tuning as the collectives have them
    /// @param restriction what else was done to the collectives
    public BenchUncertainty(
            Network network,
            CollectiveLibrary library,
            NetworkTuning tuning,
            PriorFigures priors,
            UnaryOperator<Collectives> restriction) {
        collectives = restriction.apply(new Collectives(network, library, tuning));
        String link = network.cluster().node().link();
        for (LinkConstant constant : LinkConstant.values()) {
            if (priors.links().contains(constant)) {
                double value = FACTOR * constant.of(library.linkEfficiency(link));
                var less = new LibraryTuning(
                        library.name(), Map.of(), new TreeMap<>(Map.of(link, Map.of(constant, value))));
                add(restriction, new Collectives(network, less.applyTo(library), tuning), LINK_DEVIATION);
            }
        }
        for (NetworkFigure figure : NetworkFigure.values()) {
            if (priors.network().contains(figure)) {
                NetworkTuning less =
                        figure.scaled(tuning, network.cluster().fabric().network(), FACTOR);
                add(restriction, new Collectives(network, library, less), figure.deviation());
            }
        }
    }

    private void add(UnaryOperator<Collectives> restriction, Collectives other, double deviation) {
        changed.add(new Changed(restriction.apply(other), deviation));
    }

    /// The interval of one size.
    public Interval of(BenchCall call, double bytes) {
        double seconds = call.seconds(collectives, bytes);
        double own = SizeClass.of(bytes).deviation();
        double variance = own * own;
        Basis basis = Basis.MEASURED_CLASS;
        for (Changed one : changed) {
            double elasticity = Math.log(call.seconds(one.collectives(), bytes) / seconds) / Math.log(FACTOR);
            variance += Math.pow(elasticity * one.deviation(), 2);
            basis = Math.abs(elasticity) > LEAST_ELASTICITY ? Basis.PRIOR : basis;
        }
        double factor = Math.exp(Math.sqrt(variance));
        return new Interval(seconds / factor, seconds * factor, basis);
    }

    /// The intervals of the rows of a benchmark, around their times.
    public List<Interval> of(CollectiveBench bench, BenchCall call) {
        BenchCall whole = call.asWhole();
        return bench.rows().stream()
                .map(row -> {
                    Interval interval = of(whole, row.bytes());
                    double factor = row.seconds() / whole.seconds(collectives, row.bytes());
                    return new Interval(
                            interval.lowSeconds() * factor, interval.highSeconds() * factor, interval.basis());
                })
                .toList();
    }
}
