// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.spec;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.strategy.layout.Dimension;
import dev.dryrun.strategy.layout.RankGrid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The order in which ranks are counted, the fastest dimension first: `order: [tensor, context, data, pipeline]`.
///
/// @param dimensions all of them
record RankOrder(List<Dimension> dimensions) {
    private static final String KEY = "order";
    private static final List<String> WORDS =
            Arrays.stream(Dimension.values()).map(Entry::kebab).toList();

    RankOrder {
        dimensions = List.copyOf(dimensions);
    }

    /// Reads the key; the usual order where it is absent or a problem. Context may be left out, and then comes behind
    /// tensor, and so may expert, and then comes ahead of data.
    static RankOrder read(Entry strategy) {
        List<String> words = strategy.words(KEY, WORDS);
        if (!strategy.has(KEY) || !strategy.isSound(KEY)) {
            return new RankOrder(RankGrid.USUAL);
        }
        boolean once = words.stream().distinct().count() == words.size();
        if (!once || !words.containsAll(List.of("tensor", "data", "pipeline"))) {
            strategy.problem(
                    KEY,
                    words.toString(),
                    "must name tensor, data and pipeline, each once, and may name context and expert",
                    new RankOrder(RankGrid.USUAL).words().toString());
            return new RankOrder(RankGrid.USUAL);
        }
        List<String> all = new ArrayList<>(words);
        if (!all.contains("context")) {
            all.add(all.indexOf("tensor") + 1, "context");
        }
        if (!all.contains("expert")) {
            all.add(all.indexOf("data"), "expert");
        }
        return new RankOrder(all.stream()
                .map(word -> Dimension.values()[WORDS.indexOf(word)])
                .toList());
    }

    /// As files write it.
    List<String> words() {
        return dimensions.stream().map(Entry::kebab).toList();
    }
}
