// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.mapping;

import dev.dryrun.validation.published.table.Column;

/// What holds of a row that nobody ran: a step put together from traces of one layer, which a profiler took.
///
/// Such a row says in its notes that it is `composed from profiled` traces, and its numbers show how it was composed:
/// embedding and head are two matrices, and each rank of a tensor group has a share of the vocabulary that is rounded
/// down, not padded. Kernels, host and optimizer of the traces are those of a stack of its own.
final class ComposedTraces {
    /// Stack of the traces.
    static final String STACK = "megatron-deepspeed-profiled";

    private static final String IN_NOTES = "composed from profiled";

    private ComposedTraces() {}

    /// Whether a row is one.
    static boolean is(Reading reading) {
        return reading.lower(Column.NOTES).contains(IN_NOTES);
    }

    /// The words of a vocabulary that a composed row counts.
    static long vocabulary(Reading reading, long words) {
        long tensor = reading.run().count(Column.TP).orElse(1);
        long counted = tensor * (words / tensor);
        reading.assume("vocabulary " + counted + " and a head of its own (composed from traces)");
        return counted;
    }
}
