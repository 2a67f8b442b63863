// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.sim.program.MemoryDelta;

/// How the passes of one micro-batch change a rank's memory.
///
/// @param layerForward of the forward pass through one layer
/// @param layerBackward of the backward pass through one layer, with what runs again
/// @param headForward of logits and loss
/// @param headBackward of their backward pass
public record ChunkMemory(
        MemoryDelta layerForward, MemoryDelta layerBackward, MemoryDelta headForward, MemoryDelta headBackward) {}
