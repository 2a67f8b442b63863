// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.measure;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// What the C heap of this process has handed out, by glibc's `mallinfo2`.
public final class NativeHeap {
    private static final int FIELDS = 10;
    /// Bytes of blocks that are mapped by themselves.
    private static final int MAPPED = 4;
    /// Bytes of blocks in use in all arenas.
    private static final int USED = 7;

    private final MethodHandle mallinfo2;

    @SuppressWarnings("restricted") // the process is started with access to native code
    public NativeHeap() {
        Linker linker = Linker.nativeLinker();
        var layout = MemoryLayout.structLayout(MemoryLayout.sequenceLayout(FIELDS, ValueLayout.JAVA_LONG));
        mallinfo2 = linker.downcallHandle(
                linker.defaultLookup().find("mallinfo2").orElseThrow(), FunctionDescriptor.of(layout));
    }

    public long liveBytes() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = (MemorySegment) mallinfo2.invokeExact((SegmentAllocator) arena);
            return info.getAtIndex(ValueLayout.JAVA_LONG, MAPPED) + info.getAtIndex(ValueLayout.JAVA_LONG, USED);
        } catch (Throwable failure) {
            throw new IllegalStateException("mallinfo2 cannot be called", failure);
        }
    }
}
