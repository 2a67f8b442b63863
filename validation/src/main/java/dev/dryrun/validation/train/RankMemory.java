// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.train;

/// Memory of a rank, without what libraries and Java had before the model was built.
///
/// On the CPU what the C heap has handed out, seen after each kernel of the steps that do not count in times; on a GPU
/// what the caching allocator says.
///
/// @param rank whose memory
/// @param stateBytes weights, gradients and optimizer after the first step
/// @param peakBytes the most at any instant that was looked at
public record RankMemory(int rank, long stateBytes, long peakBytes) {}
