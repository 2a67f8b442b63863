// SPDX-License-Identifier: Apache-2.0
/// How releases of NCCL and RCCL choose algorithms and protocols: their own tables of latency and bandwidth.
///
/// A [dev.dryrun.hardware.collective.Tuner] says only which algorithm runs; how long it takes the project's own
/// models say. What the tables need of a graph ([Channels]) comes from the same links as those models. Sources:
/// NVIDIA/nccl at 5067397c26 (2.30.7), ROCm/rccl at 0cbce2a757 (2.21.5), `src/graph/tuning.cc` and what stands beside
/// it.
@NullMarked
package dev.dryrun.hardware.collective.tuner;

import org.jspecify.annotations.NullMarked;
