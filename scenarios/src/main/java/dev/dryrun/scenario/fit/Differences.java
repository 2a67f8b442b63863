// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.fit;

import dev.dryrun.hardware.catalog.Entry;
import java.util.ArrayList;
import java.util.List;

/// How a variant of a job differs from the job, as a person says it.
final class Differences {
    private Differences() {}

    static List<String> between(Variant job, Variant variant) {
        List<String> words = new ArrayList<>();
        if (!variant.recompute().equals(job.recompute())) {
            words.add("recompute " + variant.recompute().words());
        }
        if (variant.sharding() != job.sharding()) {
            words.add("sharding " + Entry.kebab(variant.sharding()));
        } else if (variant.reshards() != job.reshards()) {
            words.add("reshard after forward");
        }
        number(words, "micro-batch", job.microBatch(), variant.microBatch());
        number(words, "tensor", job.tensor(), variant.tensor());
        if (variant.sequenceParallel() != job.sequenceParallel()) {
            words.add((variant.sequenceParallel() ? "" : "no ") + "sequence parallel");
        }
        number(words, "pipeline stages", job.stages(), variant.stages());
        if (!variant.schedule().equals(job.schedule())) {
            words.add("schedule " + variant.schedule());
        }
        number(words, "chunks", job.chunks(), variant.chunks());
        number(words, "data", job.data(), variant.data());
        return words;
    }

    private static void number(List<String> words, String what, long before, long after) {
        if (after != before) {
            words.add(what + " " + after);
        }
    }
}
