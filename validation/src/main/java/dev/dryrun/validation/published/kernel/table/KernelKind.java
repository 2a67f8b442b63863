// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.kernel.table;

import java.util.Locale;

/// What a measured kernel does.
public enum KernelKind {
    GEMM,
    /// A product of fp32, on the vector units.
    VECTOR_GEMM,
    BATCHED_GEMM,
    GROUPED_GEMM,
    ATTENTION_FORWARD,
    ATTENTION_BACKWARD,
    NORM,
    ACTIVATION,
    ADD,
    ROTARY,
    EMBEDDING,
    SOFTMAX;

    /// Name for people.
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
