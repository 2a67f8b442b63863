// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.kernel;

/// Direction of the computation.
public enum Pass {
    FORWARD,
    BACKWARD
}
