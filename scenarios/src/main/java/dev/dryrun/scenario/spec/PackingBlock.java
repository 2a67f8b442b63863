// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.spec;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.strategy.job.Packing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads `training.packing`: a histogram of the lengths of documents.
final class PackingBlock {
    private static final int LONGEST = 1 << 30;
    private static final double LARGEST = 1e18;

    private PackingBlock() {}

    static Packing read(Entry training) {
        if (!training.has("packing")) {
            return Packing.NONE;
        }
        Entry block = training.optionalChild("packing");
        List<Integer> lengths = block.integers("lengths", 1, LONGEST);
        List<Double> shares = block.numbers("shares", 0, LARGEST);
        long seed = block.integer("seed", 0, Long.MAX_VALUE, 1);
        block.rejectUnknownKeys();
        if (lengths.isEmpty() || lengths.size() != shares.size()) {
            block.problem(
                    "shares",
                    shares.size() + " numbers",
                    "must be as many as lengths, of which there are " + lengths.size() + ", and at least one",
                    "lengths: [512, 2048], shares: [0.7, 0.3]");
            return Packing.NONE;
        }
        if (shares.contains(0.0)) {
            block.problem("shares", "0", "must be more than 0", "leave that length out");
            return Packing.NONE;
        }
        return new Packing(lengths, shares, seed);
    }

    static Map<String, Object> plain(Packing packing) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("lengths", packing.lengths());
        plain.put("shares", packing.shares());
        plain.put("seed", packing.seed());
        return plain;
    }
}
