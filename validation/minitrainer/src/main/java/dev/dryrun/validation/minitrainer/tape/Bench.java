// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.tape;

import dev.dryrun.validation.minitrainer.measure.KernelTimes;
import dev.dryrun.validation.minitrainer.measure.MemoryWatch;

/// What looks on while kernels run.
///
/// @param times of kernels
/// @param memory of the process
public record Bench(KernelTimes times, MemoryWatch memory) {}
