// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.tape;

import org.bytedeco.pytorch.Tensor;

/// A trained tensor, as kernels see it. Where it lies may change between forward and backward pass.
public interface Weight {
    String name();

    /// The weight as it is multiplied; not to be held beyond the kernel.
    Tensor tensor();

    /// A tensor of the same elements that a kernel may hold until its backward pass.
    Tensor held();

    /// Where its gradients add up; not to be held.
    Tensor gradient();
}
