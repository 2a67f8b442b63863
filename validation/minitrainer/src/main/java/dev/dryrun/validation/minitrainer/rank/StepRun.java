// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.rank;

import static org.bytedeco.pytorch.global.torch.full;
import static org.bytedeco.pytorch.global.torch.tensor;

import dev.dryrun.strategy.pipeline.Pass;
import dev.dryrun.strategy.pipeline.PipelineSchedule;
import dev.dryrun.strategy.pipeline.PipelineSchedules;
import dev.dryrun.validation.minitrainer.data.Batches;
import dev.dryrun.validation.minitrainer.tape.Bench;
import dev.dryrun.validation.minitrainer.tape.Native;
import dev.dryrun.validation.minitrainer.tape.Tape;
import dev.dryrun.validation.minitrainer.tape.Value;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/// The passes of a rank in a step, in the order that the pipeline schedule says: the very order that is simulated.
final class StepRun {
    private final Job job;
    private final Bench bench;
    private final Batches batches;
    private final Neighbour neighbour;
    private final int[] order;
    private final int replica;
    private final Device device;
    private final Map<Integer, Passage> passages = new TreeMap<>();
    private List<Chunk> chunks = List.of();
    private int position;

    /// A micro-batch between its forward and its backward pass through a chunk.
    private record Passage(Tape tape, @Nullable Value input, Value result) {}

    StepRun(Job job, int rank, Bench bench, Batches batches, Neighbour neighbour) {
        this.job = job;
        this.bench = bench;
        this.batches = batches;
        this.neighbour = neighbour;
        device = job.device(rank);
        replica = job.job().strategy().grid().replicaOf(rank);
        PipelineSchedule schedule =
                PipelineSchedules.byName(job.job().strategy().schedule());
        if (schedule == null) {
            throw new IllegalStateException(
                    "no schedule " + job.job().strategy().schedule());
        }
        order = schedule.order(
                job.layout().stageOf(rank),
                job.partition().stages(),
                job.partition().chunks(),
                job.job().microBatches(replica));
    }

    void setChunks(List<Chunk> made) {
        chunks = made;
    }

    /// Whether the pass that runs is the step's last backward pass of its chunk.
    boolean isLastOfChunk() {
        for (int later = position + 1; later < order.length; later++) {
            if (!Pass.isForward(order[later]) && Pass.chunk(order[later]) == Pass.chunk(order[position])) {
                return false;
            }
        }
        return true;
    }

    /// Runs all passes; the sum of the losses times their share is added to `loss`.
    void run(int step, Tensor loss) {
        for (position = 0; position < order.length; position++) {
            int pass = order[position];
            ask(pass);
            if (position + 1 < order.length) {
                ask(order[position + 1]);
            }
            if (Pass.isForward(pass)) {
                forward(step, pass, loss);
            } else {
                backward(pass);
            }
        }
        neighbour.finish();
    }

    private void ask(int pass) {
        neighbour.ask(Pass.chunk(pass), Pass.microBatch(pass), Pass.isForward(pass));
    }

    private void forward(int step, int pass, Tensor loss) {
        int number = Pass.chunk(pass);
        int microBatch = Pass.microBatch(pass);
        Chunk chunk = chunks.get(number);
        Tape tape = Tape.recording(bench);
        Value input = chunk.embedding() == null ? new Value(neighbour.take(number, microBatch, true)) : null;
        try (PointerScope scope = Native.scope()) {
            long sequences = job.job().strategy().microBatch();
            Batches.Tokens tokens = batches.tokens(step, firstSequence(microBatch), Math.toIntExact(sequences));
            Value result = chunk.forward(
                    tape, input, onDevice(tokens.ids(), sequences), onDevice(tokens.targets(), sequences));
            if (chunk.head() == null) {
                neighbour.give(number, microBatch, true, result.tensor());
            } else {
                loss.add_(result.tensor().to(ScalarType.Double), new Scalar(share()));
            }
            result.drop();
            passages.put(pass, new Passage(tape, input, result));
        }
    }

    private void backward(int pass) {
        int number = Pass.chunk(pass);
        int microBatch = Pass.microBatch(pass);
        Passage passage = passages.remove(Pass.forward(number, microBatch));
        if (passage == null) {
            throw new IllegalStateException("backward before forward: " + Pass.of(pass));
        }
        Tensor gradient = chunks.get(number).head() == null
                ? neighbour.take(number, microBatch, false)
                : Native.keep(full(new long[0], new Scalar(share())).to(device, ScalarType.Float));
        passage.tape().backward(passage.result(), gradient);
        Native.free(gradient);
        if (passage.input() != null) {
            Tensor back = passage.input().takeGradient();
            neighbour.give(number, microBatch, false, back);
            Native.free(back);
        }
    }

    /// The weight of a micro-batch's mean loss in that of the global batch.
    private double share() {
        return (double) job.job().strategy().microBatch() / job.job().training().globalBatch();
    }

    /// Number in the global batch of a micro-batch's first sequence.
    private long firstSequence(int microBatch) {
        long before = 0;
        for (int earlier = 0; earlier < replica; earlier++) {
            before += job.job().microBatches(earlier);
        }
        return (before + microBatch) * job.job().strategy().microBatch();
    }

    private Tensor onDevice(long[] tokens, long sequences) {
        return tensor(tokens).view(tokens.length / sequences, sequences).to(device, ScalarType.Long);
    }
}
