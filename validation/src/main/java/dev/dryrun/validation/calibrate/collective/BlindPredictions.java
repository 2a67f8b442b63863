// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.collective;

import dev.dryrun.validation.published.collective.mapping.Benchmark;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/// For each class of machine (generation of links on one node, class of network on several), the constants as fitted
/// without any sweep of that class: what the model would have said before the class was ever measured.
record BlindPredictions(Map<String, ConstantSet> withoutClass) {

    /// Fits once for each class.
    ///
    /// @param progress hears, before each fit, which class it does without: `efa (2 of 9)`
    static BlindPredictions of(Evidence evidence, Consumer<String> progress) {
        var classes = new TreeSet<String>();
        evidence.series().forEach(one -> classes.add(one.benchmark().machineClass()));
        Map<String, ConstantSet> result = new TreeMap<>();
        for (String left : classes) {
            progress.accept(left + " (" + (result.size() + 1) + " of " + classes.size() + ")");
            Evidence others = evidence.only(one -> !one.benchmark().tellsAbout().contains(left));
            result.put(
                    left, new CollectiveFit(others).fit(ConstantSet.published()).constants());
        }
        return new BlindPredictions(result);
    }

    /// The constants that have not seen the benchmark's class.
    ConstantSet blindTo(Benchmark benchmark) {
        return Objects.requireNonNull(withoutClass.get(benchmark.machineClass()), benchmark.machineClass());
    }
}
