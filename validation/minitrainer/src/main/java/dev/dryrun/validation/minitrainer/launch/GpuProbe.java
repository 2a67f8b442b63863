// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.launch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.pytorch.global.torch_cuda;

/// Whether a GPU can be trained on, found out without loading what may not be there.
final class GpuProbe {
    private static final Path DRIVER = Path.of("/proc/driver/nvidia/version");
    private static final String LIBRARY = "/org/bytedeco/pytorch/linux-x86_64-gpu/libtorch_cuda.so";

    private GpuProbe() {}

    /// What is missing, with what would help; empty where nothing is.
    static Optional<String> obstacle(String device) {
        if (GpuProbe.class.getResource(LIBRARY) == null) {
            return Optional.of(device + " needs the CUDA build of libtorch, and this is the one for CPUs. Maybe"
                    + " DRYRUN_TRAINER=gpu ./dryrun train ..., which downloads it (some 840 MB).");
        }
        if (!Files.exists(DRIVER)) {
            return Optional.of(device + " needs an NVIDIA driver, and there is no " + DRIVER
                    + ". Maybe --device cpu, or install the driver (nvidia-smi must list the GPU).");
        }
        try {
            return count(device) > 0
                    ? Optional.empty()
                    : Optional.of(device + " is not there: this machine has fewer GPUs. Maybe cuda:0.");
        } catch (LinkageError missing) {
            return Optional.of(device
                    + " needs the libraries of CUDA 13.1 (cuBLAS, cuSOLVER, cuSPARSE), cuDNN 9 and NCCL,"
                    + " and one cannot be loaded: " + missing.getMessage() + ". Maybe install them, or add their folder"
                    + " to LD_LIBRARY_PATH.");
        }
    }

    /// GPUs from a device on, where nothing else is missing.
    static int count(String device) {
        int first = Integer.parseInt(device.substring(device.indexOf(':') + 1));
        return torch_cuda.device_count() - first;
    }
}
