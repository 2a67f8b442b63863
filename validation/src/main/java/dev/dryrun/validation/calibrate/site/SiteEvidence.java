// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.site;

import dev.dryrun.validation.calibrate.nccltests.Sample;
import dev.dryrun.validation.published.collective.measure.SizeRegime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/// All samples that a fit sees, on one kind of machine.
record SiteEvidence(Machine machine, List<SiteSeries> series) {
    SiteEvidence {
        series = List.copyOf(series);
    }

    int size() {
        return series.stream().mapToInt(one -> one.samples().size()).sum();
    }

    void forEach(BiConsumer<SiteSeries, Sample> action) {
        series.forEach(one -> one.samples().forEach(sample -> action.accept(one, sample)));
    }

    /// Logarithms of the measured seconds.
    double[] measured() {
        var all = new double[size()];
        var next = new int[1];
        forEach((one, sample) -> all[next[0]++] = Math.log(sample.seconds()));
        return all;
    }

    /// Logarithms of the seconds that values predict.
    double[] predicted(SiteValues values) {
        double[] all = new double[size()];
        int next = 0;
        for (SiteSeries one : series) {
            SiteSeries.Timing timing = one.timing(values);
            for (Sample sample : one.samples()) {
                all[next++] = Math.log(timing.seconds(sample.bytes()));
            }
        }
        return all;
    }

    /// How much each sample counts: a regime of sizes of a collective on one group as much as any other, however often
    /// and at however many sizes it was run.
    double[] weights() {
        Map<List<Object>, Integer> count = new HashMap<>();
        forEach((one, sample) -> count.merge(regime(one, sample), 1, Integer::sum));
        var all = new double[size()];
        var next = new int[1];
        forEach((one, sample) -> all[next[0]++] = 1.0 / count.getOrDefault(regime(one, sample), 1));
        return all;
    }

    private static List<Object> regime(SiteSeries one, Sample sample) {
        return List.of(one.kind(), one.nodes(), one.ranks(), one.launch(), SizeRegime.of(sample.bytes()));
    }
}
