// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.site;

import dev.dryrun.hardware.collective.TunedConstant;
import dev.dryrun.hardware.topology.DomainWiring;
import dev.dryrun.validation.calibrate.collective.CollectiveFit;
import dev.dryrun.validation.calibrate.collective.Evidence;
import java.util.ArrayList;
import java.util.List;

/// Constants of a machine room that its logs show.
///
/// @param before the catalog's
/// @param after with what was fitted
/// @param figures one for each constant, in the order of [TunedConstant]
record SiteFit(Evidence evidence, SiteConstants before, SiteConstants after, List<Figure> figures) {
    /// A constant of which the logs say more than the catalog does.
    private static final double IDENTIFIED = 0.7;
    /// From the 10th to the 90th percentile, in standard deviations to either side.
    private static final double TENTH = 1.2816;

    /// A constant.
    ///
    /// @param before the catalog's value, SI
    /// @param value fitted, SI
    /// @param deviation standard deviation in the logarithm
    /// @param identified whether the logs narrow it down by a third or more; else it is the catalog's, by and large
    record Figure(TunedConstant constant, double before, double value, double deviation, boolean identified) {
        double low() {
            return value * Math.exp(-TENTH * deviation);
        }

        double high() {
            return value * Math.exp(TENTH * deviation);
        }
    }

    SiteFit {
        figures = List.copyOf(figures);
    }

    static SiteFit of(Evidence evidence, SiteConstants.Room room) {
        boolean overNodes =
                evidence.series().stream().anyMatch(one -> one.benchmark().nodes() > 1);
        boolean mesh = evidence.series().getFirst().benchmark().node().wiring() == DomainWiring.MESH;
        var unknowns = new SiteUnknowns(room, overNodes, mesh);
        double[] start = unknowns.centres();
        CollectiveFit.Fitted<SiteConstants> fitted = new CollectiveFit<>(evidence, unknowns).fit(start);
        List<Figure> figures = new ArrayList<>();
        for (int c = 0; c < unknowns.constants().size(); c++) {
            TunedConstant constant = unknowns.constants().get(c);
            double deviation = fitted.deviations()[c];
            figures.add(new Figure(
                    constant,
                    Math.exp(start[c]),
                    fitted.constants().tuning().values().getOrDefault(constant, Math.exp(start[c])),
                    deviation,
                    deviation < IDENTIFIED * unknowns.spread(c)));
        }
        return new SiteFit(evidence, unknowns.at(start), fitted.constants(), figures);
    }
}
