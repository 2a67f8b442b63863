// SPDX-License-Identifier: Apache-2.0
/// The compiler from a training job to the programs of its ranks: layers to kernels and collectives, passes to
/// instructions.
@NullMarked
package dev.dryrun.strategy.compile;

import org.jspecify.annotations.NullMarked;
