// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/// In what a job lies outside of all measured runs; a number does where it is over a factor of two beyond the last one.
final class MeasuredRange {
    private static final double MARGIN = 2;

    private final ResidualTable table;
    private final List<String> beyond = new ArrayList<>();

    private MeasuredRange(ResidualTable table) {
        this.table = table;
    }

    /// A short phrase for each feature outside.
    static List<String> beyond(ResidualTable table, JobFeatures job) {
        var range = new MeasuredRange(table);
        range.most("GPUs", job, JobFeatures::gpus);
        range.most("parameters", job, JobFeatures::parameters);
        range.least("parameters", job, JobFeatures::parameters);
        range.most("tokens a sequence", job, JobFeatures::sequence);
        range.least("tokens a micro-batch", job, JobFeatures::tokens);
        range.known("stack " + job.stack(), other -> other.stack().equals(job.stack()));
        range.known("library " + job.library(), other -> other.library().equals(job.library()));
        return range.beyond;
    }

    private void most(String what, JobFeatures job, ToLongFunction<JobFeatures> feature) {
        long limit = table.rows().stream()
                .map(Residual::features)
                .mapToLong(feature)
                .max()
                .orElse(0);
        if (feature.applyAsLong(job) > MARGIN * limit) {
            beyond.add(String.format(
                    Locale.ROOT, "%,d %s; measured runs have up to %,d", feature.applyAsLong(job), what, limit));
        }
    }

    private void least(String what, JobFeatures job, ToLongFunction<JobFeatures> feature) {
        long limit = table.rows().stream()
                .map(Residual::features)
                .mapToLong(feature)
                .min()
                .orElse(Long.MAX_VALUE);
        if (MARGIN * feature.applyAsLong(job) < limit) {
            beyond.add(String.format(
                    Locale.ROOT, "%,d %s; measured runs have %,d and more", feature.applyAsLong(job), what, limit));
        }
    }

    private void known(String what, Predicate<JobFeatures> same) {
        if (table.rows().stream().map(Residual::features).noneMatch(same)) {
            beyond.add(what + ": in no measured run");
        }
    }
}
