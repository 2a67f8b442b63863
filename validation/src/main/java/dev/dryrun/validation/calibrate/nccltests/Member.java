// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.nccltests;

/// A rank of a benchmark, as the log introduces it.
///
/// @param group of ranks that run a collective of their own; 0 where all run one
/// @param process number of the process, unique on its host
/// @param device number of the GPU, as the process counts them
/// @param product name of the GPU, as its driver tells it
public record Member(int rank, int group, int process, String host, int device, String product) {}
