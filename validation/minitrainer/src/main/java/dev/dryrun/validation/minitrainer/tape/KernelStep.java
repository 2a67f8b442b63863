// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.tape;

/// A step that made a value, whose gradient it will need.
interface KernelStep extends Step {
    /// Tells what the forward pass made.
    void made(Value value);
}
