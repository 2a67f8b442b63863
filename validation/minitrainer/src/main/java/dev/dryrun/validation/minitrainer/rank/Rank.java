// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.rank;

import static org.bytedeco.pytorch.global.torch.zeros;

import dev.dryrun.strategy.job.Sharding;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.validation.minitrainer.data.Batches;
import dev.dryrun.validation.minitrainer.group.Group;
import dev.dryrun.validation.minitrainer.group.Groups;
import dev.dryrun.validation.minitrainer.measure.Clock;
import dev.dryrun.validation.minitrainer.tape.Bench;
import dev.dryrun.validation.minitrainer.tape.Native;
import dev.dryrun.validation.minitrainer.weights.Bucket;
import dev.dryrun.validation.minitrainer.weights.Buckets;
import dev.dryrun.validation.minitrainer.weights.FirstValues;
import dev.dryrun.validation.minitrainer.weights.Formats;
import dev.dryrun.validation.minitrainer.weights.GradientNorm;
import dev.dryrun.validation.minitrainer.weights.OptimizerStep;
import dev.dryrun.validation.minitrainer.weights.Owned;
import dev.dryrun.validation.minitrainer.weights.Replicas;
import dev.dryrun.validation.minitrainer.weights.Unit;
import dev.dryrun.validation.train.KernelTime.Pass;
import dev.dryrun.validation.train.TrainedStep;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// One rank of a training: its model, and its steps.
public final class Rank {
    private final Job job;
    private final Groups groups;
    private final Bench bench;
    private final Formats formats;
    private final StepRun passes;
    private final Replicas replicas;
    private final WeightStore store;
    private final OptimizerStep optimizer;
    private int steps;

    public Rank(Job job, int rank, Groups groups, Bench bench) {
        this.job = job;
        this.groups = groups;
        this.bench = bench;
        formats = job.formats(rank);
        TrainingJob training = job.job();
        int sequence = Math.toIntExact(training.training().sequenceLength());
        var batches = Batches.of(job.order().text(), job.order().seed(), sequence);
        boolean whole = groups.data().isAlone();
        replicas = Replicas.of(
                training.strategy(), groups.data(), training.stack().dataOverlap(), this::sumOverTensorGroup);
        boolean shared = !whole && training.strategy().sharding().sharesParameters();
        var buckets = new Buckets(
                formats,
                groups.tensor().size(),
                groups.data().size(),
                shared,
                training.stack().bucketParameters());
        boolean tied = training.model().tiedHead();
        store = new WeightStore(buckets, tied && !job.isTiedOverStages() ? 2 : 1, job.isTiedOverStages());
        var model = new RankModel(job, rank, groups, store);
        long[] shape = {
            model.share().tokens(sequence),
            training.strategy().microBatch(),
            training.model().hidden()
        };
        var neighbour = new Neighbour(job, rank, groups.world(), shape, formats.activations());
        passes = new StepRun(job, rank, bench, batches, neighbour);
        passes.setChunks(model.chunks(replicas, passes::isLastOfChunk));
        buckets.fill(
                new FirstValues(
                        job.order().seed(),
                        groups.tensor().place(),
                        groups.tensor().size()),
                replicas);
        boolean second = groups.embedding().place() > 0;
        boolean sharesState = !whole && training.strategy().sharding() != Sharding.NONE;
        var norm = new GradientNorm(
                groups, sharesState, shape1 -> second && shape1.name().equals("table"), formats.device());
        optimizer =
                new OptimizerStep(replicas.owned(), training.training().optimizer(), job.order(), norm, bench.times());
    }

    /// Trains one step.
    public TrainedStep step() {
        groups.world().barrier();
        long begin = System.nanoTime();
        double lossOfStep;
        double norm;
        try (PointerScope scope = Native.scope()) {
            Tensor loss = zeros(1).to(formats.device(), ScalarType.Double);
            passes.run(steps, loss);
            replicas.finish();
            sumTable();
            norm = optimizer.step();
            publish();
            lossOfStep = total(loss);
        }
        bench.memory().look();
        double seconds = (System.nanoTime() - begin) * 1e-9;
        bench.times().endStep(begin, seconds);
        return new TrainedStep(steps++, lossOfStep, norm, seconds);
    }

    private void publish() {
        Clock.Mark begin = bench.times().begin();
        replicas.publish();
        long elements = replicas.owned().stream()
                .mapToLong(each -> each.master().numel())
                .sum();
        bench.times().end(begin, "publish", new long[] {elements}, Pass.NEITHER);
    }

    /// The loss of the global batch: the sum over replicas and stages, to which a tensor group adds once.
    private double total(Tensor loss) {
        Group world = groups.world();
        if (groups.tensor().place() > 0) {
            loss.zero_();
        }
        if (!world.isAlone()) {
            world.allReduce(loss);
        }
        return loss.item_double();
    }

    /// Adds up what ranks of a tensor group each have of the gradients of weights that all of them have.
    private void sumOverTensorGroup(Bucket bucket) {
        Group tensor = groups.tensor();
        if (tensor.isAlone()) {
            return;
        }
        try (PointerScope scope = Native.scope()) {
            for (Unit unit : bucket.units()) {
                for (Unit.Placed placed : unit.placed()) {
                    if (placed.shape().partial()) {
                        tensor.allReduce(placed.gradient());
                    }
                }
            }
        }
    }

    /// The table of words is on the first and on the last stage; both add to its gradient.
    private void sumTable() {
        Bucket table = store.sharedTable();
        if (table == null || groups.embedding().isAlone()) {
            return;
        }
        for (Owned owned : replicas.owned()) {
            if (owned.bucket() == table) {
                groups.embedding().allReduce(owned.gradient().get());
            }
        }
    }

    /// Parameters of the model as a whole.
    public long parameters() {
        return job.job().model().parameters();
    }
}
