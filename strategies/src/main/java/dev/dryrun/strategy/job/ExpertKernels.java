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
/// @param fusesActivation whether the products apply the activation, and make its casts, themselves
/// @param gate traffic per element of what the gate reads, where experts have biases: such a gate is clamped ahead of
///     its kernel (OpenAI, 2025, arXiv:2508.10925, section 2.2)
/// @param bias traffic per element of the experts' results, where experts have biases: each is weighted by the router's
///     probability and added expert by expert
/// @param hiddenExchange share of an exchange of copies that runs beside the kernels of another micro-batch
/// @param hostSeconds that the host takes to issue a layer's experts in one direction
/// @param countSeconds that the device idles in each forward pass of a layer: the host learns how many tokens each
///     expert gets, and only then issues what depends on that
public record ExpertKernels(
        boolean grouped,
        BytesPerElement permutation,
        boolean sendsOnce,
        boolean fusesActivation,
        BytesPerElement gate,
        BytesPerElement bias,
        double hiddenExchange,
        double hostSeconds,
        double countSeconds) {
    private static final BytesPerElement NOTHING = new BytesPerElement(0, 0);

    /// Grouped products, each copy read and written once before and once after, and sent by itself; biases cost
    /// nothing.
    public static final ExpertKernels USUAL =
            new ExpertKernels(true, new BytesPerElement(8, 8), false, false, NOTHING, NOTHING, 0, 0, 0);

    static ExpertKernels read(Entry entry) {
        var experts = new ExpertKernels(
                entry.flag("grouped", true),
                traffic(entry, "permutation", USUAL.permutation()),
                entry.flag("sends_once", false),
                entry.flag("fuses_activation", false),
                traffic(entry, "gate", NOTHING),
                traffic(entry, "bias", NOTHING),
                entry.has("hidden_exchange")
                        ? entry.figure("hidden_exchange", 0, 1).value()
                        : 0,
                seconds(entry, "host"),
                seconds(entry, "counts"));
        entry.allow("source", "date", "status", "note");
        entry.rejectUnknownKeys();
        return experts;
    }

    private static double seconds(Entry entry, String key) {
        return entry.has(key) ? entry.figure(key, Unit.SECONDS).value() : 0;
    }

    private static BytesPerElement traffic(Entry entry, String key, BytesPerElement absent) {
        if (!entry.has(key)) {
            return absent;
        }
        List<Double> both = entry.numbers(key, 0, 1000);
        if (both.size() != 2) {
            entry.problem(key, both.size() + " numbers", "must be two: bytes forward and backward", "[8, 8]");
            return absent;
        }
        return new BytesPerElement(both.get(0), both.get(1));
    }

    /// The same where the host takes no time, and nothing waits for it.
    ExpertKernels issuedAtOnce() {
        return new ExpertKernels(grouped, permutation, sendsOnce, fusesActivation, gate, bias, hiddenExchange, 0, 0);
    }

    /// Share of the copies that is sent, where k experts of each token are spread evenly over so many places:
    ///
    ///     1                        a copy for each expert
    ///     n (1 - (1 - 1/n)^k) / k  once to each of n places: the expected number of places that get it
    ///
    /// What of the exchange is hidden is left out.
    ///
    /// @param places nodes where the ranks stand on several, else ranks
    public double sentShare(int active, int places) {
        double sent = sendsOnce ? places * (1 - Math.pow(1 - 1.0 / places, active)) / active : 1;
        return sent * (1 - hiddenExchange);
    }
}
