// SPDX-License-Identifier: Apache-2.0
/// The mathematics of transformers on the back of an envelope: FLOPs, time, memory, traffic, without a simulation.
///
/// One small record for each rule of thumb, with its formula and source. Most are collected in Anthony, Biderman and
/// Schoelkopf, *Transformer Math 101*, EleutherAI, 2023.
@NullMarked
package dev.dryrun.strategy.estimate;

import org.jspecify.annotations.NullMarked;
