// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

/// How much a single instruction of a program holds. All give the same times where nothing contends within a pass.
public enum Detail {
    /// Each kernel and each collective is an instruction.
    KERNEL,
    /// Kernels between two collectives are one instruction.
    LAYER,
    /// A whole pass through a chunk, with the collectives of its tensor group, is one instruction.
    CHUNK
}
