// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import dev.dryrun.hardware.catalog.Entry;
import java.util.ArrayList;
import java.util.List;

/// Reads `dilated_attention`: lengths of segments, and of each how many tokens lie from one that is seen to the next.
final class DilatedEntry {
    private static final int LONGEST = Integer.MAX_VALUE;

    private DilatedEntry() {}

    static List<Dilation> read(Entry model) {
        if (!model.has("dilated_attention")) {
            return List.of();
        }
        Entry entry = model.optionalChild("dilated_attention");
        List<Integer> segments = entry.integers("segments", 1, LONGEST);
        List<Integer> rates = entry.integers("rates", 1, LONGEST);
        entry.rejectUnknownKeys();
        List<Dilation> dilations = new ArrayList<>();
        if (segments.isEmpty() || segments.size() != rates.size()) {
            entry.problem(
                    "rates",
                    rates.size() + " numbers",
                    "must be as many as segments, of which there are " + segments.size() + ", and at least one",
                    "segments: [2048, 4096], rates: [1, 2]");
            return dilations;
        }
        for (int i = 0; i < segments.size(); i++) {
            if (rates.get(i) > segments.get(i)) {
                entry.problem("rates", String.valueOf(rates.get(i)), "must be at most its segment", "");
                return List.of();
            }
            dilations.add(new Dilation(segments.get(i), rates.get(i)));
        }
        return dilations;
    }
}
