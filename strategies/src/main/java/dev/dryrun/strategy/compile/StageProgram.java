// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.sim.program.Block;
import dev.dryrun.sim.program.Call;
import dev.dryrun.sim.program.Program;
import dev.dryrun.sim.program.ProgramBuilder;
import dev.dryrun.sim.units.SimTime;
import dev.dryrun.strategy.job.Interludes;
import dev.dryrun.strategy.job.Offload;
import dev.dryrun.strategy.job.Stack;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.layout.Layout;
import dev.dryrun.strategy.memory.MemoryModel;
import dev.dryrun.strategy.pipeline.Pass;
import dev.dryrun.strategy.pipeline.PipelineSchedule;
import dev.dryrun.strategy.pipeline.StagePartition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Writes the program of the ranks of one stage: passes in the schedule's order with the messages between stages and
/// the traffic between replicas, optimizer.
final class StageProgram {
    private final TrainingJob job;
    private final int stage;
    private final StagePartition partition;
    private final PipelineSchedule schedule;
    private final TransferTable transfers;
    private final DataCalls calls;
    private final DataTraffic traffic;
    private final ProgramBuilder program;
    private final double waitSeconds;
    private final double messageBytes;
    private final long hostNanos;
    private final OptimizerStep optimizer;
    private final OffloadedOptimizer offloaded;
    private final PassWriter passes;
    private final StepKind kind;
    private final int[] order;
    /// By tensors of the residual stream that pass, less one, and slot.
    private final Call[][] messages = new Call[2][Layout.SLOTS];
    private int last = Program.NONE;

    StageProgram(
            TrainingJob job,
            RankKind ranks,
            StagePartition partition,
            PipelineSchedule schedule,
            StageWork work,
            TransferTable transfers,
            PassWriter passes,
            ProgramBuilder program,
            StepKind kind,
            OptimizerStep optimizer,
            MemoryModel memory) {
        this.job = job;
        this.stage = ranks.stage();
        this.partition = partition;
        this.schedule = schedule;
        this.transfers = transfers;
        this.program = program;
        this.optimizer = optimizer;
        this.passes = passes;
        this.kind = kind;
        int[] all = schedule.order(ranks.stage(), partition.stages(), partition.chunks(), ranks.microBatches());
        order = kind == StepKind.EVALUATION
                ? Arrays.stream(all).filter(Pass::isForward).toArray()
                : all;
        calls = new DataCalls(job, transfers, program);
        StagePasses stagePasses = new StagePasses(program, passes, work, stage, partition.chunks(), order);
        HostLink host = new HostLink(job, ranks.part(), program);
        Offload offload = job.strategy().offload();
        if (offload.activations() > 0 && kind != StepKind.EVALUATION) {
            stagePasses.offload(new OffloadedActivations(program, passes, host));
        }
        DataTraffic between = switch (kind) {
            case TRAINING -> DataTraffic.of(job, stagePasses, calls, Optional.empty());
            case OUTER -> DataTraffic.of(job, stagePasses, calls, Optional.of(optimizer.outer(stage)));
            case EVALUATION -> DataTraffic.ofEvaluation(job, stagePasses, calls);
        };
        traffic = offload.optimizer() == Offload.Place.HOST
                ? new OffloadedGradients(job, stagePasses, calls, host, between)
                : between;
        offloaded = new OffloadedOptimizer(
                job, optimizer, host, stagePasses, partition.layers(stage), memory.optimizerBytes(stage));
        waitSeconds = work.waitForSlowest(stage);
        messageBytes = work.messageBytes();
        hostNanos = SimTime.toNanos(job.stack().hostSecondsPerKernel());
        for (int slot = 0; slot < Layout.SLOTS; slot++) {
            messages[0][slot] = messageOf(slot, 1);
            messages[1][slot] = messageOf(slot, 2);
        }
    }

    /// @param steps one after the other, without anything that makes all stages wait in between
    Program write(int steps) {
        for (int step = 0; step < steps; step++) {
            writeStep();
        }
        return program.build();
    }

    private void writeStep() {
        traffic.begin();
        if (partition.hasEmbedding(stage) && !interludes().loadsEachMicroBatch()) {
            writeLoading(Program.NONE);
        }
        if (schedule.overlapsMessages() || job.stack().pipelineTransfers() == Stack.PipelineTransfers.OVERLAPPED) {
            writeOverlapped();
        } else {
            writeExchanging();
        }
        if (kind == StepKind.EVALUATION) {
            program.hostSync(last);
            return;
        }
        writeWait();
        last = traffic.endPasses(last);
        sumGradientsOfEmbedding();
        writeOverhead();
        writeOptimizer();
        last = traffic.endStep(last);
        program.hostSync(last);
    }

    private Interludes interludes() {
        return job.training().interludes();
    }

    /// The first stage waits for its data.
    private void writeLoading(int microBatch) {
        if (interludes().loadingSeconds() > 0) {
            last = writeOther(interludes().loadingSeconds(), "load data", microBatch);
        }
    }

    /// The slowest replica is waited for where all meet.
    private void writeWait() {
        if (waitSeconds > 0) {
            last = write(Category.IMBALANCE, waitSeconds, "wait for the longest documents", Program.NONE);
        }
    }

    private int writeOther(double seconds, String name, int microBatch) {
        return write(Category.OTHER, seconds, name, microBatch);
    }

    private int write(Category category, double seconds, String name, int microBatch) {
        Block block = Block.single(Category.values().length, category.ordinal(), 0, SimTime.toNanos(seconds), false);
        return program.block(Streams.COMPUTE, block, Program.NONE, name, microBatch);
    }

    private void writeOptimizer() {
        if (job.training().numerics().lossScaling()) {
            writeOverflowCheck();
        }
        if (job.strategy().offload().optimizer() != Offload.Place.DEVICE) {
            last = offloaded.write(stage);
            return;
        }
        double gathered = optimizer.gatheredParameters(stage);
        if (gathered > 0) {
            await(calls.gatherUpdates(gathered, last));
        }
        last = passes.write(program, optimizer.work(stage), Program.NONE, "optimizer", Program.NONE);
    }

    /// The host waits for the outcome: it decides whether the update runs. That stages tell each other is left out, a
    /// message of a number.
    private void writeOverflowCheck() {
        last = passes.write(program, optimizer.overflowCheck(stage), Program.NONE, "overflow", Program.NONE);
        if (job.strategy().sharding().sharesOptimizer() && job.strategy().data() > 1) {
            await(calls.sumOfOverflows(last));
        }
        program.hostSync(last);
    }

    private void writeOverhead() {
        double seconds = job.stack().stepOverheadSeconds() + job.site().hosts().stepSeconds();
        if (seconds > 0) {
            last = writeOther(seconds, "between steps", Program.NONE);
        }
    }

    // Passes and the messages between stages.

    /// Each message runs beside whatever its stage does: it is received as early as it is sent, and nobody waits for
    /// sending.
    private void writeOverlapped() {
        int next = 0;
        while (next < order.length) {
            int end = next + (schedule.runsInPairs() && isPair(next) ? 2 : 1);
            int received = Program.NONE;
            for (int i = next; i < end; i++) {
                if (received != Program.NONE) {
                    await(received);
                }
                received = receives(order[i]) ? receive(order[i], Program.NONE) : Program.NONE;
            }
            for (int i = next; i < end; i++) {
                writePass(order[i], received);
                received = Program.NONE;
            }
            for (int i = next; i < end; i++) {
                if (sends(order[i])) {
                    send(order[i], last);
                }
            }
            next = end;
        }
    }

    /// Whether a forward pass and a whole backward pass come next.
    private boolean isPair(int at) {
        return at + 1 < order.length
                && Pass.isForward(order[at])
                && Pass.direction(order[at + 1]) == Pass.Direction.BACKWARD;
    }

    /// After a pass (or a forward and a backward pass, where the schedule exchanges in pairs), results are sent and the
    /// next inputs received at once, and the stage waits for all of it.
    private void writeExchanging() {
        int next = 0;
        int unit = unitLength(0);
        exchange(0, 0, 0, unit);
        while (next < order.length) {
            int end = next + unit;
            for (int i = next; i < end; i++) {
                writePass(order[i], Program.NONE);
            }
            unit = unitLength(end);
            exchange(next, end, end, end + unit);
            next = end;
        }
    }

    private int unitLength(int at) {
        boolean pair = schedule.exchangesInPairs(partition.stages(), partition.chunks(), job.microBatches())
                && at + 1 < order.length
                && Pass.isForward(order[at])
                && !Pass.isForward(order[at + 1]);
        return at >= order.length ? 0 : pair ? 2 : 1;
    }

    private void exchange(int sentFrom, int sentTo, int receivedFrom, int receivedTo) {
        boolean oneByOne = job.stack().pipelineTransfers().oneByOne();
        int posted = last;
        List<Integer> messages = new ArrayList<>();
        for (boolean forwards : new boolean[] {true, false}) {
            for (int i = sentFrom; i < sentTo; i++) {
                if (Pass.isForward(order[i]) == forwards && sends(order[i])) {
                    messages.add(send(order[i], posted));
                    posted = oneByOne ? messages.getLast() : posted;
                }
            }
            for (int i = receivedFrom; i < receivedTo; i++) {
                if (Pass.isForward(order[i]) == forwards && receives(order[i])) {
                    messages.add(receive(order[i], posted));
                    posted = oneByOne ? messages.getLast() : posted;
                }
            }
        }
        for (int message : messages) {
            await(message);
        }
    }

    private boolean receives(int pass) {
        return switch (Pass.direction(pass)) {
            case FORWARD -> partition.receivesActivations(stage, Pass.chunk(pass));
            case BACKWARD, INPUT_GRADIENT -> partition.sendsActivations(stage, Pass.chunk(pass));
            case WEIGHT_GRADIENT -> false;
        };
    }

    private boolean sends(int pass) {
        return switch (Pass.direction(pass)) {
            case FORWARD -> partition.sendsActivations(stage, Pass.chunk(pass));
            case BACKWARD, INPUT_GRADIENT -> partition.receivesActivations(stage, Pass.chunk(pass));
            case WEIGHT_GRADIENT -> false;
        };
    }

    private int send(int pass, int after) {
        boolean down = partition.placement().descends(Pass.chunk(pass));
        return Pass.isForward(pass)
                ? message(
                        down ? Streams.SEND_FORWARD : Streams.SEND_FORWARD_UP,
                        down ? Layout.SEND_FORWARD : Layout.SEND_FORWARD_UP,
                        after,
                        "send activation",
                        pass,
                        endOf(pass))
                : message(
                        down ? Streams.SEND_BACKWARD : Streams.SEND_BACKWARD_UP,
                        down ? Layout.SEND_BACKWARD : Layout.SEND_BACKWARD_UP,
                        after,
                        "send gradient",
                        pass,
                        partition.firstLayer(stage, Pass.chunk(pass)));
    }

    private int receive(int pass, int after) {
        boolean down = partition.placement().descends(Pass.chunk(pass));
        return Pass.isForward(pass)
                ? message(
                        down ? Streams.RECEIVE_FORWARD : Streams.RECEIVE_FORWARD_UP,
                        down ? Layout.RECEIVE_FORWARD : Layout.RECEIVE_FORWARD_UP,
                        after,
                        "receive activation",
                        pass,
                        partition.firstLayer(stage, Pass.chunk(pass)))
                : message(
                        down ? Streams.RECEIVE_BACKWARD : Streams.RECEIVE_BACKWARD_UP,
                        down ? Layout.RECEIVE_BACKWARD : Layout.RECEIVE_BACKWARD_UP,
                        after,
                        "receive gradient",
                        pass,
                        endOf(pass));
    }

    private int endOf(int pass) {
        int chunk = Pass.chunk(pass);
        return partition.firstLayer(stage, chunk) + partition.layers(stage, chunk);
    }

    /// @param border number of the block behind it
    private int message(int stream, int slot, int after, String name, int pass, int border) {
        int tensors = job.model().tensorsAhead(border);
        return program.call(stream, messages[tensors - 1][slot], after, name, Pass.microBatch(pass));
    }

    private Call messageOf(int slot, int tensors) {
        return new Call(
                slot,
                transfers.numberOf(CollectiveKind.SEND_RECV, tensors * messageBytes),
                Category.PIPELINE_COMM.ordinal(),
                Category.BUBBLE.ordinal(),
                hostNanos,
                0);
    }

    private void await(int instruction) {
        last = program.await(Streams.COMPUTE, instruction);
    }

    private void writePass(int pass, int after) {
        boolean begins = Pass.isForward(pass) && partition.hasEmbedding(stage, Pass.chunk(pass));
        if (begins && interludes().loadsEachMicroBatch()) {
            writeLoading(Pass.microBatch(pass));
        }
        last = traffic.write(pass, after);
    }

    /// First and last stage hold the same embedding where the head is tied to it; both learn from both.
    private void sumGradientsOfEmbedding() {
        boolean sharesEmbedding = !job.model().adapters().freeze()
                && job.model().tiedHead()
                && partition.partsEmbeddingFromHead()
                && (partition.hasEmbedding(stage) || partition.hasHead(stage));
        if (sharesEmbedding) {
            await(calls.sumOfEmbedding(wordEmbeddingParameters(), last));
        }
    }

    /// Of which this rank keeps sums.
    private double wordEmbeddingParameters() {
        return (double) job.model().paddedVocabulary(job.strategy().tensor())
                / job.strategy().tensor()
                * job.model().hidden()
                / job.gradientShards();
    }
}
