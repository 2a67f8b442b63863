// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.tape;

import org.bytedeco.pytorch.Tensor;

/// A function of tensors that libtorch can differentiate.
@FunctionalInterface
public interface Kernel {
    Tensor run(Tensor[] inputs, Tensor[] weights);
}
