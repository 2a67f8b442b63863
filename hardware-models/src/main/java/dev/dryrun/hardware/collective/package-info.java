// SPDX-License-Identifier: Apache-2.0
/// Collective operations of NCCL and RCCL as activities on the links of a cluster.
///
/// A [CollectiveAlgorithm] turns a [Group] of GPUs into a [CollectivePlan]: a latency, and footprints over links.
/// The library takes the plan that is the quickest alone. Usage per byte is traffic over efficiency; capacities are
/// raw. The algorithms and their constants follow NVIDIA/nccl's tuning.cc (2.30) and fits to public nccl-tests
/// results.
@NullMarked
package dev.dryrun.hardware.collective;

import org.jspecify.annotations.NullMarked;
