// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.weights;

import org.bytedeco.pytorch.Tensor;

/// A rule by which an optimizer changes weights.
interface Update {
    /// Changes weights in place.
    ///
    /// @param weights in fp32
    /// @param gradients of the same elements
    /// @param step from 1
    void apply(Tensor weights, Tensor gradients, int step);
}
