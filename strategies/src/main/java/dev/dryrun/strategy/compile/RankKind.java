// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

/// Ranks that run the same program as long as their collectives take equal times.
///
/// @param stage of the pipeline
/// @param part of the cluster, whose accelerator they run on
/// @param microBatches of their replica
record RankKind(int stage, int part, int microBatches) {}
