// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.train;

/// One optimizer step, as it was measured.
///
/// @param number from 0
/// @param loss mean over the tokens of the global batch, before the update
/// @param gradientNorm Euclidean norm of all gradients, before they were clipped
/// @param seconds of the slowest rank, from the first kernel to the end of the update
public record TrainedStep(int number, double loss, double gradientNorm, double seconds) {}
