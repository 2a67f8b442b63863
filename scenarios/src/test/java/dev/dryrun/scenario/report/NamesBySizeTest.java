// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Catalog;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NamesBySizeTest {
    @Test
    void familiesAreSortedBySize() {
        var expected = List.of(
                "a100-pcie-40gb",
                "a100-pcie-80gb",
                "gpt2-xl",
                "gpt3-125m",
                "gpt3-1.3b",
                "gpt3-13b",
                "megatron-1.7b",
                "megatron-145b",
                "megatron-1t",
                "tpu-v4",
                "tpu-v5e");
        var names = new ArrayList<>(expected);
        Collections.shuffle(names, new Random(7));
        names.sort(NamesBySize.ORDER);
        assertEquals(expected, names);
    }

    /// Whatever names there are, the order is one: sorting what is shuffled gives the same list again.
    @Test
    void theOrderIsTotal() {
        var catalog = new Catalog(List.of());
        List<String> names = new ArrayList<>();
        catalog.kinds().forEach(kind -> names.addAll(catalog.names(kind)));
        List<String> sorted =
                names.stream().distinct().sorted(NamesBySize.ORDER).toList();
        for (int seed = 0; seed < 50; seed++) {
            var shuffled = new ArrayList<>(sorted);
            Collections.shuffle(shuffled, new Random(seed));
            shuffled.sort(NamesBySize.ORDER);
            assertEquals(sorted, shuffled);
        }
        for (int i = 1; i < sorted.size(); i++) {
            assertTrue(NamesBySize.ORDER.compare(sorted.get(i - 1), sorted.get(i)) < 0);
        }
    }
}
