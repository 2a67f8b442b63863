// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.measure;

import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.validation.published.mapping.JobSketch;
import dev.dryrun.validation.published.table.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// How well predictions choose among strategies for the same job.
///
/// A job is a set of rows with equal model dimensions, hardware, GPUs, sequence length, precision and global batch.
/// Rows of one job with the same strategy are one candidate with the mean of their times.
///
/// @param pairOrderPct share of pairs of candidates, measured differently, that are put in the measured order; a pair
///     predicted equal counts half
/// @param meanRegretPct how much slower than the best measured candidate the one predicted fastest was measured, mean
///     over jobs with at least two candidates; among several predicted fastest, the slowest counts
public record StrategyChoice(OptionalDouble pairOrderPct, OptionalDouble meanRegretPct) {
    private static final List<Column> JOB = List.of(
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
            Column.PRECISION,
            Column.GLOBAL_BATCH);

    private record Candidate(double measured, double predicted) {}

    static StrategyChoice of(List<ScoredRun> runs) {
        double pairs = 0;
        double right = 0;
        var regrets = new ArrayList<Double>();
        for (List<Candidate> job : jobs(runs)) {
            if (job.size() < 2) {
                continue;
            }
            for (int i = 0; i < job.size(); i++) {
                for (int j = i + 1; j < job.size(); j++) {
                    double measured = Math.signum(job.get(i).measured - job.get(j).measured);
                    double predicted = Math.signum(job.get(i).predicted - job.get(j).predicted);
                    pairs += Math.abs(measured);
                    right += Math.abs(measured) * (1 + measured * predicted) / 2;
                }
            }
            regrets.add(regretPct(job));
        }
        return new StrategyChoice(
                pairs > 0 ? OptionalDouble.of(100 * right / pairs) : OptionalDouble.empty(),
                regrets.stream().mapToDouble(Double::doubleValue).average());
    }

    private static double regretPct(List<Candidate> job) {
        double best = job.stream().mapToDouble(Candidate::measured).min().orElseThrow();
        double fastest = job.stream().mapToDouble(Candidate::predicted).min().orElseThrow();
        double picked = job.stream()
                .filter(candidate -> candidate.predicted == fastest)
                .mapToDouble(Candidate::measured)
                .max()
                .orElseThrow();
        return 100 * (picked - best) / best;
    }

    private static List<List<Candidate>> jobs(List<ScoredRun> runs) {
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
                .map(job -> job.values().stream().map(StrategyChoice::mean).toList())
                .toList();
    }

    private static Candidate mean(List<Candidate> same) {
        return new Candidate(
                same.stream().mapToDouble(Candidate::measured).average().orElseThrow(),
                same.stream().mapToDouble(Candidate::predicted).average().orElseThrow());
    }
}
