// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.site;

import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.scenario.network.SizeClass;
import dev.dryrun.validation.calibrate.nccltests.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What is left of the errors, size by size: by the catalog and by the fitted constants.
///
/// @param rows in the order of the logs
record SiteResiduals(List<Row> rows) {
    /// Sizes on either side with which one is compared.
    private static final int NEIGHBOURS = 2;

    /// Sizes of a sweep scatter around their neighbours by 3 to 7 %; three times that is no scatter.
    private static final double OUTLIER = 0.2;

    /// One size.
    ///
    /// @param catalog predicted / measured - 1 by the catalog
    /// @param fitted the same by the fitted constants
    /// @param algorithm that the library is taken to choose
    /// @param outlier whether it errs apart from the sizes beside it, so that no constant can be the reason
    record Row(SiteSeries series, Sample sample, double catalog, double fitted, String algorithm, boolean outlier) {
        CollectiveKind kind() {
            return series.kind();
        }

        SizeClass regime() {
            return SizeClass.of(sample.bytes());
        }
    }

    SiteResiduals {
        rows = List.copyOf(rows);
    }

    static SiteResiduals of(SiteFit fit) {
        var rows = new ArrayList<Row>();
        SiteValues catalog = SiteValues.catalog(fit.evidence().machine());
        for (SiteSeries one : fit.evidence().series()) {
            SiteSeries.Timing before = one.timing(catalog);
            SiteSeries.Timing after = one.timing(fit.values());
            double[] errors = one.samples().stream()
                    .mapToDouble(sample -> Math.log(after.seconds(sample.bytes()) / sample.seconds()))
                    .toArray();
            for (int i = 0; i < errors.length; i++) {
                Sample sample = one.samples().get(i);
                rows.add(new Row(
                        one,
                        sample,
                        before.seconds(sample.bytes()) / sample.seconds() - 1,
                        Math.expm1(errors[i]),
                        after.algorithm(sample.bytes()),
                        Math.abs(errors[i] - medianAround(errors, i)) > OUTLIER));
            }
        }
        return new SiteResiduals(rows);
    }

    /// Median of the errors of a size and of those beside it; the size's own where it has none beside it.
    private static double medianAround(double[] errors, int at) {
        int from = Math.max(0, Math.min(at - NEIGHBOURS, errors.length - 2 * NEIGHBOURS - 1));
        double[] some = Arrays.copyOfRange(errors, from, Math.min(errors.length, from + 2 * NEIGHBOURS + 1));
        Arrays.sort(some);
        return some.length < 3 ? errors[at] : some[some.length / 2];
    }

    /// Mean size of the errors of some rows.
    static double mean(List<Row> rows, boolean fitted) {
        return rows.stream()
                .mapToDouble(row -> Math.abs(fitted ? row.fitted() : row.catalog()))
                .average()
                .orElse(0);
    }

    List<Row> of(CollectiveKind kind, SizeClass regime) {
        return rows.stream()
                .filter(row -> row.kind() == kind && row.regime() == regime)
                .toList();
    }
}
