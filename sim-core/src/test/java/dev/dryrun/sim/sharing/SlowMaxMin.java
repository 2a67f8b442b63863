// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.sharing;

import java.util.Arrays;
import java.util.Map;

/// Max-min fair rates by the textbook: raise all rates together by the smallest step that fills a resource or
/// reaches a cap.
final class SlowMaxMin {
    private SlowMaxMin() {}

    /// Rates by activity number; only footprint, weight and cap of the phases matter.
    static double[] rates(double[] capacity, Map<Integer, Phase> active, int numbers) {
        double[] rate = new double[numbers];
        boolean[] growing = new boolean[numbers];
        active.keySet().forEach(a -> growing[a] = true);
        double[] left = capacity.clone();
        while (active.keySet().stream().anyMatch(a -> growing[a])) {
            double[] draw = new double[capacity.length];
            double step = Double.POSITIVE_INFINITY;
            for (var entry : active.entrySet()) {
                Phase phase = entry.getValue();
                if (growing[entry.getKey()]) {
                    step = Math.min(step, (phase.capPerSecond() - rate[entry.getKey()]) / phase.weight());
                    for (int k = 0; k < phase.footprint().size(); k++) {
                        draw[phase.footprint().resources()[k]] +=
                                phase.weight() * phase.footprint().usagePerUnit()[k];
                    }
                }
            }
            for (int r = 0; r < capacity.length; r++) {
                step = Math.min(step, draw[r] > 0 ? left[r] / draw[r] : Double.POSITIVE_INFINITY);
            }
            boolean[] full = new boolean[capacity.length];
            for (int r = 0; r < capacity.length; r++) {
                full[r] = draw[r] > 0 && left[r] / draw[r] <= step * (1 + 1e-12);
                left[r] = full[r] ? 0 : left[r] - draw[r] * step;
            }
            for (var entry : active.entrySet()) {
                int a = entry.getKey();
                Phase phase = entry.getValue();
                if (growing[a]) {
                    rate[a] += phase.weight() * step;
                    growing[a] = rate[a] < phase.capPerSecond() * (1 - 1e-12)
                            && Arrays.stream(phase.footprint().resources()).noneMatch(r -> full[r]);
                }
            }
        }
        return rate;
    }
}
