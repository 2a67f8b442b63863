// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.job;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.collective.CollectiveLibrary;

/// What a part of a cluster computes and communicates with.
///
/// @param accelerator of every node of the part
/// @param library of collectives, which the node names
public record Equipment(Accelerator accelerator, CollectiveLibrary library) {}
