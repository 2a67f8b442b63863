// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.train;

/// How long a rank spent in kernels, collectives or waiting of one name, over the steps that count.
///
/// @param rank that was measured
/// @param name such as `mlp up`, or `all-reduce tensor`
/// @param shape of the largest side that tells calls of one name apart, such as `128x16x64`; of a collective its bytes
/// @param pass in which they ran
/// @param calls how often
/// @param seconds of all of them
/// @param leastSeconds of the quickest
/// @param quietSeconds of a call, mean over the fifth of the steps that took the least time
public record KernelTime(
        int rank,
        String name,
        String shape,
        Pass pass,
        long calls,
        double seconds,
        double leastSeconds,
        double quietSeconds) {
    /// Which way.
    public enum Pass {
        FORWARD,
        BACKWARD,
        /// Outside of both.
        NEITHER
    }
}
