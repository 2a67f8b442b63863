// SPDX-License-Identifier: Apache-2.0
/// Recomputation: which activations are dropped in the forward pass and computed again in the backward pass.
@NullMarked
package dev.dryrun.strategy.recompute;

import org.jspecify.annotations.NullMarked;
