// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.job;

import dev.dryrun.hardware.catalog.Entry;
import java.util.List;

/// How a software stack runs experts.
///
/// @param grouped whether the products of all experts of a rank are one kernel; else one after the other
/// @param permutation of the copies of tokens, before they are sent and after they came back together: traffic per
///     element
public record ExpertKernels(boolean grouped, BytesPerElement permutation) {
    /// Grouped products, each copy read and written once before and once after.
    public static final ExpertKernels USUAL = new ExpertKernels(true, new BytesPerElement(8, 8));

    static ExpertKernels read(Entry entry) {
        boolean grouped = entry.flag("grouped", true);
        BytesPerElement permutation = USUAL.permutation();
        if (entry.has("permutation")) {
            List<Double> both = entry.numbers("permutation", 0, 1000);
            if (both.size() == 2) {
                permutation = new BytesPerElement(both.get(0), both.get(1));
            } else {
                entry.problem(
                        "permutation", both.size() + " numbers", "must be two: bytes forward and backward", "[8, 8]");
            }
        }
        entry.allow("source", "date", "status", "note");
        entry.rejectUnknownKeys();
        return new ExpertKernels(grouped, permutation);
    }
}
