// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.measure;

import java.util.function.LongSupplier;

/// Keeps the most that a process's memory has held above what it held at first.
public final class MemoryWatch {
    private final LongSupplier liveBytes;
    private final long beforeBytes;
    private long peakBytes;
    private boolean watching = true;

    /// @param liveBytes what is held now
    public MemoryWatch(LongSupplier liveBytes) {
        this.liveBytes = liveBytes;
        beforeBytes = liveBytes.getAsLong();
    }

    /// Looks, while it watches: looking takes time itself, so it is done in steps whose times do not count.
    public void look() {
        if (watching) {
            peakBytes = Math.max(peakBytes, nowBytes());
        }
    }

    /// Looks no more.
    public void stop() {
        watching = false;
    }

    public long nowBytes() {
        return liveBytes.getAsLong() - beforeBytes;
    }

    public long peakBytes() {
        return peakBytes;
    }
}
