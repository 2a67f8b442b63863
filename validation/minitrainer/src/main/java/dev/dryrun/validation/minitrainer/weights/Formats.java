// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.weights;

import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// In which formats, and where, tensors lie.
///
/// @param device that computes
/// @param products format of weights and activations: fp32 or bf16
/// @param sums format in which gradients add up
public record Formats(Device device, ScalarType products, ScalarType sums) {
    public TensorOptions activations() {
        return options(products);
    }

    public TensorOptions gradients() {
        return options(sums);
    }

    /// Of the optimizer.
    public TensorOptions fp32() {
        return options(ScalarType.Float);
    }

    /// Whether the optimizer's weights are those that are multiplied.
    public boolean isFp32() {
        return products == ScalarType.Float;
    }

    private TensorOptions options(ScalarType type) {
        return new TensorOptions().dtype(new ScalarTypeOptional(type)).device(new DeviceOptional(device));
    }
}
