// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.kernel.table;

/// Who wrote a kernel that moves tensors.
public enum KernelLibrary {
    /// Kernels of an inference server, made for few tokens.
    INFERENCE,
    /// Those of PyTorch.
    PYTORCH
}
