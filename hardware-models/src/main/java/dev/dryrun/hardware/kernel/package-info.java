// SPDX-License-Identifier: Apache-2.0
/// Kernel cost models: how long one kernel keeps one accelerator busy.
///
/// `KernelModel` is the door: matrix products (`GemmModel`), byte-bound kernels and flash attention, slowed to the
/// slowest of the accelerators that work in step (`SlowestOf`). The numbers come from an
/// {@link dev.dryrun.hardware.accelerator.Accelerator}; which kernels run, and what they read and write, is the
/// software stack's business.
@NullMarked
package dev.dryrun.hardware.kernel;

import org.jspecify.annotations.NullMarked;
