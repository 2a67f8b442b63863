// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.pipeline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The schedules that a scenario can name. A new one is a class, a line here and a test that extends the contract test.
public final class PipelineSchedules {
    public static final List<PipelineSchedule> ALL = List.of(
            new GPipe(),
            new OneForwardOneBackward(),
            new InterleavedOneForwardOneBackward(),
            new LoopedBreadthFirst(),
            new ZeroBubbleH1(),
            new ZeroBubbleH2(),
            new ZeroBubbleV(),
            new DualPipeV());

    private PipelineSchedules() {}

    /// The schedule of that name, or null.
    public static @Nullable PipelineSchedule byName(String name) {
        for (PipelineSchedule schedule : ALL) {
            if (schedule.name().equals(name)) {
                return schedule;
            }
        }
        return null;
    }

    /// Names in the order of the list.
    public static List<String> names() {
        return ALL.stream().map(PipelineSchedule::name).toList();
    }
}
