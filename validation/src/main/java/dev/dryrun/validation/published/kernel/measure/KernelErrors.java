// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.kernel.measure;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Errors of some kernels, each counted once.
///
/// @param rows how many
/// @param mean of the absolute errors
/// @param median of the absolute errors
/// @param p90 their 90th percentile
/// @param bias mean of the signed errors; positive where predicted too slow
public record KernelErrors(int rows, double mean, double median, double p90, double bias) {

    /// Errors of the predicted ones, nothing where there are none.
    public static Optional<KernelErrors> of(List<ScoredKernel> kernels) {
        double[] signed = kernels.stream()
                .filter(ScoredKernel::predicted)
                .mapToDouble(ScoredKernel::error)
                .toArray();
        if (signed.length == 0) {
            return Optional.empty();
        }
        double[] sizes = Arrays.stream(signed).map(Math::abs).sorted().toArray();
        return Optional.of(new KernelErrors(
                sizes.length,
                Arrays.stream(sizes).average().orElseThrow(),
                at(0.5, sizes),
                at(0.9, sizes),
                Arrays.stream(signed).average().orElseThrow()));
    }

    private static double at(double share, double[] sorted) {
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }
}
