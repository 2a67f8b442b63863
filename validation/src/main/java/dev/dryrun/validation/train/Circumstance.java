// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.train;

/// What makes kernels of one device run at different speeds, and so gets entries of its own in the catalog.
public enum Circumstance {
    /// One process, 32-bit numbers.
    FP32(""),
    /// One process, 16-bit products.
    BF16("-bf16"),
    /// Two processes side by side, 32-bit numbers.
    SHARED("-x2");

    private final String suffix;

    Circumstance(String suffix) {
        this.suffix = suffix;
    }

    public static Circumstance of(SmallJob job) {
        return job.ranks() > 1 ? SHARED : job.bf16() ? BF16 : FP32;
    }

    /// Name of the catalog entries of a device under it.
    ///
    /// @param device name of those of one process in 32-bit numbers
    public String entry(String device) {
        return device + suffix;
    }
}
