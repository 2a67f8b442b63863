// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.train;

import dev.dryrun.strategy.job.TrainingJob;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// A training in words.
final class TrainText {
    private static final double MEBIBYTE = 1 << 20;
    private static final double MILLI = 1e3;

    private TrainText() {}

    static String write(TrainingJob job, TrainingReport report, Prediction predicted, boolean kernels) {
        var text = new StringBuilder();
        say(
                text,
                String.format(
                        Locale.ROOT,
                        "%s: %,d parameters, %d ranks on %s, %d steps of %,.0f tokens, seed %d",
                        job.name(),
                        report.parameters(),
                        report.ranks(),
                        report.order().device(),
                        report.steps().size(),
                        report.tokensPerStep(),
                        report.order().seed()));
        say(
                text,
                String.format(
                        Locale.ROOT,
                        "  loss        %.4f at first, %.4f at the end",
                        report.firstLoss(),
                        report.lastLoss()));
        say(
                text,
                String.format(
                        Locale.ROOT,
                        "  step        %.2f ms (10 %%: %.2f, 90 %%: %.2f; without the first %d), %,.0f tokens/s",
                        report.stepSeconds(0.5) * MILLI,
                        report.stepSeconds(0.1) * MILLI,
                        report.stepSeconds(0.9) * MILLI,
                        report.order().warmUp(),
                        report.tokensPerSecond()));
        say(
                text,
                String.format(
                        Locale.ROOT,
                        "  memory      %.1f MiB at the peak of the fullest rank",
                        report.peakBytes() / MEBIBYTE));
        say(
                text,
                String.format(
                        Locale.ROOT,
                        "  simulated   %.3f ms a step on %s, which the scenario names",
                        predicted.stepSeconds() * MILLI,
                        predicted.machine()));
        say(text, String.format(Locale.ROOT, "  machine     %s", report.machine()));
        say(text, String.format(Locale.ROOT, "  versions    %s", report.versions()));
        if (kernels) {
            kernels(text, report);
        }
        return text.toString();
    }

    private static void kernels(StringBuilder text, TrainingReport report) {
        text.append('\n');
        say(
                text,
                String.format(
                        Locale.ROOT,
                        "  %-24s %-16s %-9s %8s %12s %12s",
                        "rank 0",
                        "shape",
                        "pass",
                        "calls",
                        "mean us",
                        "least us"));
        List<KernelTime> ofFirst = report.kernels().stream()
                .filter(time -> time.rank() == 0)
                .sorted(Comparator.comparingDouble(KernelTime::seconds).reversed())
                .toList();
        for (KernelTime time : ofFirst) {
            say(
                    text,
                    String.format(
                            Locale.ROOT,
                            "  %-24s %-16s %-9s %8d %12.1f %12.1f",
                            time.name(),
                            time.shape(),
                            time.pass().name().toLowerCase(Locale.ROOT),
                            time.calls(),
                            time.seconds() / time.calls() * 1e6,
                            time.leastSeconds() * 1e6));
        }
    }

    private static void say(StringBuilder text, String line) {
        text.append(line.stripTrailing()).append('\n');
    }
}
