// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.group;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.Work;

/// A communication under way. Its tensors live until it was waited for.
public final class Transfer {
    private final Work work;
    private final Runnable ended;
    private final Tensor[] held;
    private boolean awaited;

    Transfer(Work work, Runnable ended, Tensor... held) {
        this.work = work;
        this.ended = ended;
        this.held = new Tensor[held.length];
        work.retainReference();
        for (int i = 0; i < held.length; i++) {
            this.held[i] = held[i].detach();
            this.held[i].retainReference();
        }
    }

    /// Waits for its end; once.
    public void await() {
        if (awaited) {
            return;
        }
        awaited = true;
        work._wait();
        ended.run();
        work.releaseReference();
        for (Tensor tensor : held) {
            tensor.releaseReference();
        }
    }
}
