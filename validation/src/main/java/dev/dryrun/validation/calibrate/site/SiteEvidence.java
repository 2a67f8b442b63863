// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.site;

import dev.dryrun.scenario.network.SizeClass;
import dev.dryrun.validation.calibrate.nccltests.Sample;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/// All samples that a fit sees, on one kind of machine.
record SiteEvidence(Machine machine, List<SiteSeries> series) {
    private static final double MEASUREMENTS = 3;

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

    /// How much each sample counts per unit of its error: the sizes of a class, of a collective on one group, as three
    /// measurements that err as predictions do there, however often and at however many sizes it was run; neighbouring
    /// sizes err together.
    double[] weights() {
        Map<List<Object>, Integer> count = new HashMap<>();
        forEach((one, sample) -> count.merge(sizes(one, sample), 1, Integer::sum));
        var all = new double[size()];
        var next = new int[1];
        forEach((one, sample) -> all[next[0]++] = MEASUREMENTS
                / (count.getOrDefault(sizes(one, sample), 1)
                        * SizeClass.of(sample.bytes()).deviation()));
        return all;
    }

    private static List<Object> sizes(SiteSeries one, Sample sample) {
        return List.of(one.kind(), one.nodes(), one.ranks(), one.launch(), SizeClass.of(sample.bytes()));
    }
}
