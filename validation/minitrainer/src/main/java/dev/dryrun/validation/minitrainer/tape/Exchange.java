// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.tape;

import org.bytedeco.pytorch.Tensor;

/// A communication in the middle of a model, and the one that its gradient takes. Either may change what it gets where
/// it returns the same tensor; results are kept.
public interface Exchange {
    Tensor forward(Tensor x);

    Tensor backward(Tensor gradient);
}
