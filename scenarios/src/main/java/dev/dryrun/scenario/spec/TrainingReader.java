// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.spec;

import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.strategy.job.Optimizer;
import dev.dryrun.strategy.job.Training;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/// Reads the block `training`.
final class TrainingReader {
    static final long LONGEST_SEQUENCE = 1L << 27;
    static final long LARGEST_BATCH = 1L << 30;
    private static final double MOST_TOKENS = 1e18;

    private TrainingReader() {}

    static Training read(Entry entry) {
        var training = new Training(
                entry.integer("sequence_length", 1, LONGEST_SEQUENCE),
                entry.integer("global_batch", 1, LARGEST_BATCH),
                entry.choice("precision", Precision.class),
                entry.choice("optimizer", Optimizer.class, Optimizer.ADAM),
                entry.has("tokens")
                        ? OptionalDouble.of(entry.number("tokens", 1, MOST_TOKENS))
                        : OptionalDouble.empty());
        entry.rejectUnknownKeys();
        return training;
    }

    /// The block with everything filled in, as plain values.
    static Map<String, Object> plain(Training training) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("sequence_length", training.sequenceLength());
        plain.put("global_batch", training.globalBatch());
        plain.put("precision", Entry.kebab(training.precision()));
        plain.put("optimizer", Entry.kebab(training.optimizer()));
        training.tokens().ifPresent(tokens -> plain.put("tokens", tokens));
        return plain;
    }
}
