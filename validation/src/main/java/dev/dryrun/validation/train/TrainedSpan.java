// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.train;

/// A kernel or collective in the quickest step of a rank.
///
/// @param rank that ran it
/// @param name such as `mlp up`, or `all-reduce tensor`
/// @param pass in which it ran
/// @param startSeconds after the begin of the step
public record TrainedSpan(int rank, String name, KernelTime.Pass pass, double startSeconds, double endSeconds) {}
