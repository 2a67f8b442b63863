// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.measure;

import java.util.Map;
import java.util.OptionalDouble;

/// Which of the three figures of memory a source measured, and in which unit it prints it.
public enum PeakInstrument {
    /// What the tensors of the framework hold, in GiB: `torch.cuda.max_memory_allocated`.
    ALLOCATED(0x1p30),
    /// What the framework's allocator took, in GiB: `torch.cuda.max_memory_reserved`.
    RESERVED(0x1p30),
    /// What the driver shows of the process, in GB: `nvidia-smi`.
    DEVICE(1e9);

    private static final Map<String, PeakInstrument> BY_FAMILY = Map.of(
            // The search's log prints what nvidia-smi showed while the run went on.
            "bloom-prequel", DEVICE,
            // The table's notes say GiB allocated, the highest of all ranks.
            "simumax-b200", ALLOCATED);

    private final double unitBytes;

    PeakInstrument(double unitBytes) {
        this.unitBytes = unitBytes;
    }

    /// The instrument of a family; of one not in the table by its stack: users of Megatron up to 2022 and of DeepSpeed
    /// read the driver, later stacks print what is allocated.
    static PeakInstrument of(String family, String stack) {
        PeakInstrument known = BY_FAMILY.get(family);
        if (known != null) {
            return known;
        }
        return stack.startsWith("megatron") ? DEVICE : ALLOCATED;
    }

    /// Bytes of a printed figure.
    double bytes(double printed) {
        return printed * unitBytes;
    }

    /// The same figure of a prediction; absent where it has none.
    OptionalDouble of(Prediction prediction) {
        double bytes = switch (this) {
            case ALLOCATED -> prediction.memoryAllocatedBytes();
            case RESERVED -> prediction.memoryReservedBytes();
            case DEVICE -> prediction.memoryDeviceBytes();
        };
        return Double.isNaN(bytes) ? OptionalDouble.empty() : OptionalDouble.of(bytes);
    }
}
