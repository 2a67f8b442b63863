// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.tape;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/// Who owns native tensors: a scope frees what was made in it when it closes, except what was kept.
public final class Native {
    private Native() {}

    /// Opens a scope; closing it frees what was made since.
    public static PointerScope scope() {
        return new PointerScope();
    }

    /// Lets a tensor outlive the scope it was made in, until it is freed.
    public static Tensor keep(Tensor tensor) {
        tensor.retainReference();
        return tensor;
    }

    /// A tensor over the same elements that outlives the scope it is made in, and knows of no gradient.
    public static Tensor alias(Tensor tensor) {
        return keep(tensor.detach());
    }

    /// Frees a kept tensor.
    public static void free(@Nullable Tensor tensor) {
        if (tensor != null) {
            tensor.releaseReference();
        }
    }
}
