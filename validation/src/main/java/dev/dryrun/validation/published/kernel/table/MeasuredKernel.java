// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.kernel.table;

/// A kernel that somebody timed.
///
/// @param file where it stands
/// @param line line of the file, or its place there where lines mean nothing
/// @param device the accelerator as the source names it
/// @param operation what the source calls it
/// @param seconds time on the device
public record MeasuredKernel(String file, int line, String device, String operation, KernelWork work, double seconds) {
    public MeasuredKernel {
        if (!(seconds > 0)) {
            throw new IllegalArgumentException("%s:%d: a kernel takes time, not %s s".formatted(file, line, seconds));
        }
    }
}
