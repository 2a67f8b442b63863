// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.sim.program.Block;
import dev.dryrun.sim.program.Call;
import dev.dryrun.sim.program.Program;
import dev.dryrun.sim.program.ProgramBuilder;
import dev.dryrun.sim.units.SimTime;
import dev.dryrun.strategy.job.Stack;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.layout.Layout;
import dev.dryrun.strategy.pipeline.Pass;
import dev.dryrun.strategy.pipeline.PipelineSchedule;
import dev.dryrun.strategy.pipeline.StagePartition;
import java.util.ArrayList;
import java.util.List;

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
    private final double messageBytes;
    private final long hostNanos;
    private final double optimizerSeconds;
    private final Call[] messages = new Call[Layout.SLOTS];
    private int last = Program.NONE;

    StageProgram(
            TrainingJob job,
            int stage,
            StagePartition partition,
            PipelineSchedule schedule,
            StageWork work,
            TransferTable transfers,
            PassWriter passes,
            ProgramBuilder program,
            double optimizerSeconds) {
        this.job = job;
        this.stage = stage;
        this.partition = partition;
        this.schedule = schedule;
        this.transfers = transfers;
        this.program = program;
        this.optimizerSeconds = optimizerSeconds;
        calls = new DataCalls(job, transfers, program);
        StagePasses stagePasses = new StagePasses(program, passes, work, stage, partition.chunks(), job.microBatches());
        traffic = DataTraffic.of(job, stagePasses, calls);
        messageBytes = work.messageBytes();
        hostNanos = SimTime.toNanos(job.stack().hostSecondsPerKernel());
        for (int slot = 0; slot < messages.length; slot++) {
            messages[slot] = messageOf(slot);
        }
    }

    Program write() {
        traffic.begin();
        int[] order = schedule.order(stage, partition.stages(), partition.chunks(), job.microBatches());
        if (job.stack().pipelineTransfers() == Stack.PipelineTransfers.OVERLAPPED) {
            writeOverlapped(order);
        } else {
            writeExchanging(order);
        }
        last = traffic.endPasses(last);
        sumGradientsOfEmbedding();
        writeOverhead();
        Block optimizer = Block.single(
                Category.values().length,
                Category.OPTIMIZER.ordinal(),
                hostNanos,
                SimTime.toNanos(optimizerSeconds),
                true);
        last = program.block(Streams.COMPUTE, optimizer, Program.NONE, "optimizer", Program.NONE);
        last = traffic.endStep(last);
        program.hostSync(last);
        return program.build();
    }

    private void writeOverhead() {
        if (job.stack().stepOverheadSeconds() > 0) {
            Block overhead = Block.single(
                    Category.values().length,
                    Category.OTHER.ordinal(),
                    0,
                    SimTime.toNanos(job.stack().stepOverheadSeconds()),
                    false);
            last = program.block(Streams.COMPUTE, overhead, Program.NONE, "between steps", Program.NONE);
        }
    }

    // Passes and the messages between stages.

    /// Each message runs beside whatever its stage does: it is received as early as it is sent, and nobody waits for
    /// sending.
    private void writeOverlapped(int[] order) {
        for (int pass : order) {
            int received = receives(pass) ? receive(pass, Program.NONE) : Program.NONE;
            writePass(pass, received);
            if (sends(pass)) {
                send(pass, last);
            }
        }
    }

    /// After a pass (or a forward and a backward pass, where the schedule exchanges in pairs), results are sent and the
    /// next inputs received at once, and the stage waits for all of it.
    private void writeExchanging(int[] order) {
        int next = 0;
        int unit = unitLength(order, 0);
        exchange(order, 0, 0, 0, unit);
        while (next < order.length) {
            int end = next + unit;
            for (int i = next; i < end; i++) {
                writePass(order[i], Program.NONE);
            }
            unit = unitLength(order, end);
            exchange(order, next, end, end, end + unit);
            next = end;
        }
    }

    private int unitLength(int[] order, int at) {
        boolean pair = schedule.exchangesInPairs(partition.stages(), partition.chunks(), job.microBatches())
                && at + 1 < order.length
                && Pass.isForward(order[at])
                && !Pass.isForward(order[at + 1]);
        return at >= order.length ? 0 : pair ? 2 : 1;
    }

    private void exchange(int[] order, int sentFrom, int sentTo, int receivedFrom, int receivedTo) {
        boolean oneByOne = job.stack().pipelineTransfers() == Stack.PipelineTransfers.WHOLE;
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
        return Pass.isForward(pass)
                ? !partition.hasEmbedding(stage, Pass.chunk(pass))
                : !partition.hasHead(stage, Pass.chunk(pass));
    }

    private boolean sends(int pass) {
        return Pass.isForward(pass)
                ? !partition.hasHead(stage, Pass.chunk(pass))
                : !partition.hasEmbedding(stage, Pass.chunk(pass));
    }

    private int send(int pass, int after) {
        boolean forwards = Pass.isForward(pass);
        return message(
                forwards ? Streams.SEND_FORWARD : Streams.SEND_BACKWARD,
                forwards ? Layout.SEND_FORWARD : Layout.SEND_BACKWARD,
                after,
                forwards ? "send activation" : "send gradient",
                pass);
    }

    private int receive(int pass, int after) {
        boolean forwards = Pass.isForward(pass);
        return message(
                forwards ? Streams.RECEIVE_FORWARD : Streams.RECEIVE_BACKWARD,
                forwards ? Layout.RECEIVE_FORWARD : Layout.RECEIVE_BACKWARD,
                after,
                forwards ? "receive activation" : "receive gradient",
                pass);
    }

    private int message(int stream, int slot, int after, String name, int pass) {
        return program.call(stream, messages[slot], after, name, Pass.microBatch(pass));
    }

    private Call messageOf(int slot) {
        return new Call(
                slot,
                transfers.numberOf(CollectiveKind.SEND_RECV, messageBytes),
                Category.PIPELINE_COMM.ordinal(),
                Category.BUBBLE.ordinal(),
                hostNanos,
                0);
    }

    private void await(int instruction) {
        last = program.await(Streams.COMPUTE, instruction);
    }

    private void writePass(int pass, int after) {
        last = traffic.write(pass, after);
    }

    /// First and last stage hold the same embedding where the head is tied to it; both learn from both.
    private void sumGradientsOfEmbedding() {
        boolean sharesEmbedding = job.model().tiedHead()
                && partition.stages() > 1
                && (partition.hasEmbedding(stage) || partition.hasHead(stage));
        if (sharesEmbedding) {
            await(calls.sumOfEmbedding(wordEmbeddingParameters(), last));
        }
    }

    /// Of which this rank keeps sums.
    private double wordEmbeddingParameters() {
        int gradientShards =
                job.strategy().sharding().sharesGradients() ? job.strategy().shards() : 1;
        return (double) job.model().paddedVocabulary(job.strategy().tensor())
                / job.strategy().tensor()
                * job.model().hidden()
                / gradientShards;
    }
}
