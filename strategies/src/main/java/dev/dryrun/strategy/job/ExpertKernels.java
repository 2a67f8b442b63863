// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.job;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Unit;
import java.util.List;

/// How a software stack runs experts.
///
/// @param grouped whether the products of all experts of a rank are one kernel; else one after the other
/// @param permutation of the copies of tokens, before they are sent and after they came back together: traffic per
///     element
/// @param sendsOnce whether a token goes once to each rank, and once over the network to each node, where several of
///     its experts are; else a copy for each expert
/// @param hostSeconds that the host takes to issue a layer's experts in one direction, and until it knows how many
///     tokens each gets
public record ExpertKernels(boolean grouped, BytesPerElement permutation, boolean sendsOnce, double hostSeconds) {
    /// Grouped products, each copy read and written once before and once after, and sent by itself.
    public static final ExpertKernels USUAL = new ExpertKernels(true, new BytesPerElement(8, 8), false, 0);

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
        var experts = new ExpertKernels(
                grouped,
                permutation,
                entry.flag("sends_once", false),
                entry.has("host") ? entry.figure("host", Unit.SECONDS).value() : 0);
        entry.allow("source", "date", "status", "note");
        entry.rejectUnknownKeys();
        return experts;
    }

    /// The same where the host takes another time.
    ExpertKernels issuedIn(double seconds) {
        return new ExpertKernels(grouped, permutation, sendsOnce, seconds);
    }

    /// Share of the copies that is sent, where k experts of each token are spread evenly over so many places:
    ///
    ///     1                        a copy for each expert
    ///     n (1 - (1 - 1/n)^k) / k  once to each of n places: the expected number of places that get it
    ///
    /// @param places nodes where the ranks stand on several, else ranks
    public double sentShare(int active, int places) {
        return sendsOnce ? places * (1 - Math.pow(1 - 1.0 / places, active)) / active : 1;
    }
}
