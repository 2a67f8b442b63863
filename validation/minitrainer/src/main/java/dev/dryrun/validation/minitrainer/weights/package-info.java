// SPDX-License-Identifier: Apache-2.0
/// Weights of a rank: their names and shapes, where they lie in flat buffers, what replicas share out, and the
/// optimizer.
@NullMarked
package dev.dryrun.validation.minitrainer.weights;

import org.jspecify.annotations.NullMarked;
