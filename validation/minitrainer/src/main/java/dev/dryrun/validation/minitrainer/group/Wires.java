// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.group;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Backend;
import org.bytedeco.pytorch.FileStore;
import org.bytedeco.pytorch.GlooDeviceVector;
import org.bytedeco.pytorch.ProcessGroupGloo;
import org.bytedeco.pytorch.Store;
import org.bytedeco.pytorch.nccl.ProcessGroupNCCL;

/// How the processes of one machine find and reach each other: the members of a group meet in a file, so that no port
/// has to be agreed on, and exchange tensors over loopback (Gloo) or between GPUs (NCCL).
public final class Wires {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int GLOO_THREADS = 2;

    private final Path folder;
    private final boolean cuda;
    /// Kept for as long as the process lives: libtorch refers to them.
    private final List<Object> held = new ArrayList<>();

    /// @param folder that is empty at first, the same for all ranks
    public Wires(Path folder, boolean cuda) {
        this.folder = folder;
        this.cuda = cuda;
    }

    Backend backend(String name, int place, int size) {
        Store own = new FileStore(folder.resolve(name).toString(), size);
        held.add(own);
        Backend backend = cuda ? new ProcessGroupNCCL(own, place, size) : gloo(own, place, size);
        held.add(backend);
        return backend;
    }

    private Backend gloo(Store own, int place, int size) {
        ProcessGroupGloo.Options options = ProcessGroupGloo.Options.create();
        var devices = new GlooDeviceVector(ProcessGroupGloo.createDeviceForHostname(LOOPBACK));
        options.devices(devices);
        options.threads(GLOO_THREADS);
        held.add(options);
        held.add(devices);
        return new ProcessGroupGloo(own, place, size, options);
    }
}
