// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.layout.Layout;
import java.util.ArrayList;
import java.util.List;

/// How long the members of a collective that kernels wait for take to come together: each is issued by a host of its
/// own, and the last one counts.
///
///     w = m (n - 1)
///
/// for n members; m is a fact of the stack, 0 where hosts run ahead or graphs are replayed.
///
/// @param secondsPerPeer m
/// @param strategy says how many members a group has
record Meetings(double secondsPerPeer, ParallelStrategy strategy) {
    static Meetings of(TrainingJob job) {
        return new Meetings(job.stack().meetingSeconds(), job.strategy());
    }

    /// The same steps, each collective that is waited for with its members' coming ahead of it.
    List<Op> with(List<Op> ops) {
        if (secondsPerPeer == 0) {
            return ops;
        }
        List<Op> all = new ArrayList<>();
        for (Op op : ops) {
            if (op instanceof Op.Collective collective) {
                double seconds = secondsPerPeer * (members(collective.slot()) - 1);
                var meeting = new Op.Kernel("meet for " + collective.name(), seconds, collective.category());
                all.add(collective.ofWeights() ? meeting.forWeights() : meeting);
            }
            all.add(op);
        }
        return all;
    }

    private int members(int slot) {
        return switch (slot) {
            case Layout.TENSOR -> strategy.grid().tensor();
            case Layout.CONTEXT -> strategy.grid().context();
            case Layout.EXPERT -> strategy.grid().expert();
            case Layout.EXPERT_TENSOR -> strategy.grid().expertTensor();
            default -> throw new IllegalStateException("a layer's collective is in slot " + slot);
        };
    }
}
