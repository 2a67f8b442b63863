// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.device;

import dev.dryrun.validation.train.SmallJob;
import dev.dryrun.validation.train.TrainingReport;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What a probe took.
///
/// @param stepSeconds of the quiet steps
/// @param peakBytes of the fullest rank
/// @param kernels by rank
record Probe(SmallJob job, double stepSeconds, long peakBytes, List<Timed> kernels) {
    Probe {
        kernels = List.copyOf(kernels);
    }

    /// What a training of a probe says.
    static Probe of(SmallJob job, TrainingReport report) {
        int counted = report.steps().size() - report.order().warmUp();
        return new Probe(
                job,
                report.quietStepSeconds(),
                report.peakBytes(),
                report.kernels().stream()
                        .map(one -> new Timed(
                                one.rank(),
                                one.name(),
                                one.shape(),
                                one.pass().name().toLowerCase(Locale.ROOT),
                                (double) one.calls() / counted,
                                one.quietSeconds()))
                        .toList());
    }

    /// A kernel or collective.
    ///
    /// @param shape as the trainer names it
    /// @param pass `forward`, `backward` or `neither`
    /// @param calls of a step
    /// @param seconds of a call in the quiet steps
    record Timed(int rank, String name, String shape, String pass, double calls, double seconds) {
        private static final Set<String> EXCHANGES =
                Set.of("all-reduce", "all-gather", "reduce-scatter", "send", "receive");

        boolean backward() {
            return pass.equals("backward");
        }

        boolean exchanges() {
            return EXCHANGES.contains(name.split(" ", 2)[0]);
        }

        /// Elements of the shape, or bytes of a collective.
        double size() {
            double product = 1;
            for (long side : sides()) {
                product *= side;
            }
            return product;
        }

        long[] sides() {
            return shape.isEmpty()
                    ? new long[0]
                    : Arrays.stream(shape.split("x", -1))
                            .mapToLong(Long::parseLong)
                            .toArray();
        }
    }
}
