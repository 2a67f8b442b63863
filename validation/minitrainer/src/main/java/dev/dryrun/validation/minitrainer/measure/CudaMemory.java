// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.measure;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch_cuda;

/// What the caching allocator of a GPU has handed out.
public final class CudaMemory {
    private final byte device;

    /// @param device number of the GPU
    public CudaMemory(int device) {
        this.device = (byte) device;
    }

    public long allocatedBytes() {
        try (PointerScope scope = new PointerScope()) {
            return torch_cuda
                    .getAllocator()
                    .getDeviceStats(device)
                    .allocated_bytes()
                    .current();
        }
    }
}
