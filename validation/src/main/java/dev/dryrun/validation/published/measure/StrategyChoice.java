// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.measure;

import dev.dryrun.validation.published.measure.MeasuredJobs.Candidate;
import java.util.List;
import java.util.OptionalDouble;

/// How well predictions choose among strategies for the same job ([MeasuredJobs]).
///
/// A pair of candidates counts where their measured times are more than 2 % of the shorter apart: less is within what
/// the same run differs by from day to day.
///
/// @param jobs jobs with at least two candidates
/// @param pairs pairs of candidates that count
/// @param inOrder how many of these are put in the measured order; one that is predicted equal counts half
/// @param regretPctSum over jobs, how much slower than the best measured candidate the one predicted fastest was
///     measured; among several predicted fastest, the slowest counts
public record StrategyChoice(int jobs, int pairs, double inOrder, double regretPctSum) {
    private static final double APART = 1.02;

    /// Over all jobs among the rows.
    public static StrategyChoice of(List<ScoredRun> runs) {
        int jobs = 0;
        int pairs = 0;
        double inOrder = 0;
        double regret = 0;
        for (List<Candidate> job : MeasuredJobs.of(runs)) {
            jobs++;
            regret += regretPct(job);
            for (int i = 0; i < job.size(); i++) {
                for (int j = i + 1; j < job.size(); j++) {
                    Candidate one = job.get(i);
                    Candidate other = job.get(j);
                    if (apart(one.measured(), other.measured())) {
                        double measured = Math.signum(one.measured() - other.measured());
                        double predicted = Math.signum(one.predicted() - other.predicted());
                        pairs++;
                        inOrder += (1 + measured * predicted) / 2;
                    }
                }
            }
        }
        return new StrategyChoice(jobs, pairs, inOrder, regret);
    }

    private static boolean apart(double one, double other) {
        return Math.max(one, other) > APART * Math.min(one, other);
    }

    /// Share of the pairs that are put in the measured order.
    public OptionalDouble pairOrderPct() {
        return pairs > 0 ? OptionalDouble.of(100 * inOrder / pairs) : OptionalDouble.empty();
    }

    /// Mean over jobs.
    public OptionalDouble meanRegretPct() {
        return jobs > 0 ? OptionalDouble.of(regretPctSum / jobs) : OptionalDouble.empty();
    }

    private static double regretPct(List<Candidate> job) {
        double best = job.stream().mapToDouble(Candidate::measured).min().orElseThrow();
        double fastest = job.stream().mapToDouble(Candidate::predicted).min().orElseThrow();
        double picked = job.stream()
                .filter(candidate -> candidate.predicted() == fastest)
                .mapToDouble(Candidate::measured)
                .max()
                .orElseThrow();
        return 100 * (picked - best) / best;
    }
}
