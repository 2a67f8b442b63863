// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.measure;

import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.validation.published.mapping.JobSketch;
import dev.dryrun.validation.published.table.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Jobs that were measured under several strategies.
///
/// A job is a set of rows of one family with equal model dimensions, hardware, GPUs, sequence length, precision and
/// global batch. Its rows with the same strategy are one candidate with the mean of their times.
final class MeasuredJobs {
    private static final List<Column> JOB = List.of(
            Column.FAMILY,
            Column.HARDWARE,
            Column.GPU_MEM_GB,
            Column.N_GPUS,
            Column.LAYERS,
            Column.HIDDEN,
            Column.HEADS,
            Column.KV_HEADS,
            Column.FFN_HIDDEN,
            Column.VOCAB,
            Column.SEQ_LEN,
            Column.N_EXPERTS,
            Column.TOP_K,
            Column.MOE_FFN_HIDDEN,
            Column.PRECISION,
            Column.GLOBAL_BATCH,
            Column.GLOBAL_BATCH_UNIT);

    /// One strategy for a job.
    record Candidate(double measured, double predicted) {}

    private MeasuredJobs() {}

    /// The candidates of each job that has at least two.
    static List<List<Candidate>> of(List<ScoredRun> runs) {
        Map<List<String>, Map<ParallelStrategy, List<Candidate>>> jobs = new LinkedHashMap<>();
        for (ScoredRun scored : runs) {
            Prediction prediction = scored.prediction();
            JobSketch sketch = scored.sketch();
            if (prediction == null || sketch == null || scored.measuredSeconds().isEmpty()) {
                continue;
            }
            List<String> job = JOB.stream().map(scored.run()::text).toList();
            jobs.computeIfAbsent(job, key -> new LinkedHashMap<>())
                    .computeIfAbsent(sketch.strategy(), key -> new ArrayList<>())
                    .add(new Candidate(scored.measuredSeconds().getAsDouble(), prediction.stepSeconds()));
        }
        return jobs.values().stream()
                .filter(job -> job.size() > 1)
                .map(job -> job.values().stream().map(MeasuredJobs::mean).toList())
                .toList();
    }

    private static Candidate mean(List<Candidate> same) {
        return new Candidate(
                same.stream().mapToDouble(Candidate::measured).average().orElseThrow(),
                same.stream().mapToDouble(Candidate::predicted).average().orElseThrow());
    }
}
