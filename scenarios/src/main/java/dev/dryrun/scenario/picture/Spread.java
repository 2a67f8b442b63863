// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.picture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Sets things of one row beside each other, each as near as may be to where it would like to be.
final class Spread {
    private Spread() {}

    /// Middles in the order of the wishes.
    ///
    /// @param wishes where each would like to have its middle
    /// @param gap from one middle to the next, at least; less where the row is too short
    static double[] of(double[] wishes, double gap, double left, double right) {
        int size = wishes.length;
        double step = size < 2 ? 0 : Math.min(gap, (right - left) / (size - 1));
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingDouble(i -> wishes[i]));
        double[] middles = new double[size];
        int first = 0;
        while (first < size) {
            first = block(wishes, order, middles, first, step);
        }
        for (int i = size - 1; i >= 0; i--) {
            double most = i == size - 1 ? right : middles[order.get(i + 1)] - step;
            middles[order.get(i)] = Math.min(middles[order.get(i)], most);
        }
        for (int i = 0; i < size; i++) {
            double least = i == 0 ? left : middles[order.get(i - 1)] + step;
            middles[order.get(i)] = Math.max(middles[order.get(i)], least);
        }
        return middles;
    }

    /// Things that would overlap stand around the mean of what they wish.
    private static int block(double[] wishes, List<Integer> order, double[] middles, int first, double step) {
        int end = first + 1;
        double sum = wishes[order.get(first)];
        while (end < order.size()) {
            double lastOfBlock = sum / (end - first) + step * (end - first - 1) / 2;
            if (wishes[order.get(end)] - lastOfBlock >= step) {
                break;
            }
            sum += wishes[order.get(end)];
            end++;
        }
        double middle = sum / (end - first);
        for (int i = first; i < end; i++) {
            middles[order.get(i)] = middle + (i - first - (end - first - 1) / 2.0) * step;
        }
        return end;
    }
}
