// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.mapping;

/// A setting that a row leaves open and that the memory of its GPUs decides.
public enum OpenSetting {
    /// Sequences of a forward pass, where no pipeline asks for many of them.
    MICRO_BATCH,
    /// What is computed again.
    RECOMPUTATION
}
