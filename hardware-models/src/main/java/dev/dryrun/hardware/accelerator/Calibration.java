// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.accelerator;

/// Where an accelerator's kernel numbers come from.
public sealed interface Calibration {
    /// Fitted to this accelerator's own kernels.
    ///
    /// @param from the measurements
    /// @param heldOut the measurements left out
    /// @param heldOutError mean absolute relative error on those left out
    record Fitted(String from, String heldOut, double heldOutError) implements Calibration {}

    /// Taken over from a relative and scaled to this one's ceilings.
    ///
    /// @param from the relative's catalog name
    /// @param what what was taken over
    record Inherited(String from, String what) implements Calibration {}
}
