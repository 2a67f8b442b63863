// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.hardware.collective.Grain;
import dev.dryrun.hardware.collective.PartCollectives;
import dev.dryrun.sim.flow.FlowPlan;
import dev.dryrun.sim.program.Transfers;
import dev.dryrun.sim.sharing.Activity;
import dev.dryrun.strategy.layout.Layout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The transfers of a step: each kind and size has a number, and with a group's GPUs it becomes an activity.
final class TransferTable implements Transfers {
    /// A transfer of a group.
    private record Meeting(int group, int transfer) {}

    private record Transfer(CollectiveKind kind, double bytes) {}

    private final Layout layout;
    private final PartCollectives collectives;
    private final Grain grain;
    private final TransferRule rule;
    private final double[] capacity;
    private final List<Transfer> transfers = new ArrayList<>();
    private final Map<Transfer, Integer> numbers = new HashMap<>();
    /// Chunks of those that have them, once asked for.
    private final Map<Meeting, Optional<FlowPlan>> chunks = new HashMap<>();

    /// @param grain in which collectives are played
    /// @param capacity of the links, in bytes a second
    TransferTable(Layout layout, PartCollectives collectives, Grain grain, TransferRule rule, double[] capacity) {
        this.layout = layout;
        this.collectives = collectives;
        this.grain = grain;
        this.rule = rule;
        this.capacity = capacity;
    }

    int numberOf(CollectiveKind kind, double bytes) {
        return numbers.computeIfAbsent(new Transfer(kind, bytes), transfer -> {
            transfers.add(transfer);
            return transfers.size() - 1;
        });
    }

    @Override
    public Activity activity(int group, int transfer) {
        Transfer what = transfers.get(transfer);
        int[] gpus = layout.gpusOf(group);
        return rule.of(collectives.of(gpus).activity(what.kind(), what.bytes(), gpus), capacity);
    }

    @Override
    public @Nullable FlowPlan flows(int group, int transfer) {
        return switch (grain) {
            case FLUID -> null;
            case CHUNKED ->
                chunks.computeIfAbsent(new Meeting(group, transfer), this::chunks)
                        .orElse(null);
        };
    }

    private Optional<FlowPlan> chunks(Meeting meeting) {
        Transfer what = transfers.get(meeting.transfer());
        int[] gpus = layout.gpusOf(meeting.group());
        return gpus.length == 1
                ? Optional.empty()
                : Optional.ofNullable(collectives.of(gpus).chunks(what.kind(), what.bytes(), gpus));
    }
}
