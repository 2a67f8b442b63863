// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.accelerator;

/// Where an accelerator's kernel numbers come from.
public sealed interface Calibration {
    /// What the numbers rest on, the firmest first.
    enum Evidence {
        /// Kernels measured on this chip.
        OWN_KERNELS,
        /// Kernels of a relative, at a rate that something measured on this chip sets or that is that of the same
        /// silicon with fewer units.
        RELATIVE,
        /// The data sheet: nothing was measured on this chip, and the relative is of another design.
        DATA_SHEET
    }

    /// Fitted to this accelerator's own kernels.
    ///
    /// @param from the measurements
    /// @param heldOut the measurements left out
    /// @param heldOutError mean absolute relative error on those left out
    record Fitted(String from, String heldOut, double heldOutError) implements Calibration {
        @Override
        public Evidence evidence() {
            return Evidence.OWN_KERNELS;
        }
    }

    /// Taken over from a relative and scaled to this one's ceilings.
    ///
    /// @param from the relative's catalog name
    /// @param what what was taken over
    record Inherited(String from, String what) implements Calibration {
        @Override
        public Evidence evidence() {
            return Evidence.RELATIVE;
        }
    }

    /// Worked out from the data sheet, with what no sheet says from an accelerator of another design.
    ///
    /// @param from that one's catalog name
    /// @param what what was taken over
    record Sheet(String from, String what) implements Calibration {
        @Override
        public Evidence evidence() {
            return Evidence.DATA_SHEET;
        }
    }

    /// What the numbers rest on.
    Evidence evidence();
}
