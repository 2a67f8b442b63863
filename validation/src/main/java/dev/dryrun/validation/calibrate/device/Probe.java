// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.device;

import dev.dryrun.validation.train.SmallJob;
import java.util.List;

/// What a probe took.
///
/// @param stepSeconds of the quiet steps
/// @param peakBytes of the fullest rank
/// @param kernels by rank
record Probe(SmallJob job, double stepSeconds, long peakBytes, List<Timed> kernels) {
    Probe {
        kernels = List.copyOf(kernels);
    }

    /// A kernel or collective.
    ///
    /// @param shape as the trainer names it
    /// @param pass `forward`, `backward` or `neither`
    /// @param calls of a step
    /// @param seconds of a call in the quiet steps
    record Timed(int rank, String name, String shape, String pass, double calls, double seconds) {
        boolean backward() {
            return pass.equals("backward");
        }

        boolean exchanges() {
            return name.contains(" ") && !name.startsWith("mlp");
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
                    : java.util.Arrays.stream(shape.split("x", -1))
                            .mapToLong(Long::parseLong)
                            .toArray();
        }
    }
}
