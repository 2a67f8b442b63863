// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.launch;

import dev.dryrun.validation.train.KernelTime;
import dev.dryrun.validation.train.RankMemory;
import dev.dryrun.validation.train.TrainedSpan;
import dev.dryrun.validation.train.TrainedStep;
import dev.dryrun.validation.train.Trainer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Puts together what the ranks tell: a step has ended when its slowest rank has.
final class Hearing {
    private final int ranks;
    private final Trainer.Progress progress;
    private final List<TrainedStep> steps = new ArrayList<>();
    private final List<Integer> heard = new ArrayList<>();
    private final List<KernelTime> kernels = new ArrayList<>();
    private final List<RankMemory> memory = new ArrayList<>();
    private final List<TrainedSpan> spans = new ArrayList<>();

    Hearing(int ranks, Trainer.Progress progress) {
        this.ranks = ranks;
        this.progress = progress;
    }

    /// Called by the threads that listen to the ranks.
    synchronized void hear(int rank, Message message) {
        switch (message.kind()) {
            case STEP -> step(message.toStep());
            case KERNEL -> kernels.add(message.toKernel());
            case MEMORY -> memory.add(message.toMemory());
            case SPAN -> spans.add(message.toSpan());
            case EXCHANGE -> throw new IllegalStateException("rank " + rank + " times exchanges in a training");
            case FAILURE -> throw new IllegalStateException("rank " + rank + " failed: " + message.words());
        }
    }

    private void step(TrainedStep step) {
        if (step.number() == steps.size()) {
            steps.add(step);
            heard.add(1);
        } else {
            TrainedStep before = steps.get(step.number());
            double slowest = Math.max(before.seconds(), step.seconds());
            steps.set(step.number(), new TrainedStep(step.number(), step.loss(), step.gradientNorm(), slowest));
            heard.set(step.number(), heard.get(step.number()) + 1);
        }
        if (heard.get(step.number()) == ranks) {
            progress.step(steps.get(step.number()));
        }
    }

    synchronized List<TrainedStep> steps() {
        return steps;
    }

    /// By rank, then as each told them.
    synchronized List<KernelTime> kernels() {
        kernels.sort(Comparator.comparingInt(KernelTime::rank));
        return kernels;
    }

    synchronized List<TrainedSpan> spans() {
        spans.sort(Comparator.comparingInt(TrainedSpan::rank).thenComparingDouble(TrainedSpan::startSeconds));
        return spans;
    }

    synchronized List<RankMemory> memory() {
        memory.sort(Comparator.comparingInt(RankMemory::rank));
        return memory;
    }
}
