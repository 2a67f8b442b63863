// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.bytedeco.pytorch.cuda.CUDAEvent;

/// The clock of a GPU: events between its kernels, read when a step has ended, so that nothing waits meanwhile.
public final class CudaClock implements Clock {
    private static final int TIMED = 0;
    private static final double NANOS_PER_MILLISECOND = 1e6;

    private final List<Interval> open = new ArrayList<>();

    private record Event(CUDAEvent event) implements Mark {}

    private record Interval(CUDAEvent begin, CUDAEvent end, LongConsumer nanos) {}

    @Override
    public Mark mark() {
        return new Event(recorded());
    }

    private static CUDAEvent recorded() {
        var event = new CUDAEvent(TIMED);
        event.retainReference();
        event.record();
        return event;
    }

    @Override
    public void end(Mark begin, LongConsumer nanos) {
        if (begin instanceof Event(CUDAEvent then)) {
            open.add(new Interval(then, recorded(), nanos));
        }
    }

    @Override
    public void settle() {
        for (Interval interval : open) {
            interval.end().synchronize();
            interval.nanos().accept(Math.round(interval.begin().elapsed_time(interval.end()) * NANOS_PER_MILLISECOND));
            interval.begin().releaseReference();
            interval.end().releaseReference();
        }
        open.clear();
    }
}
