// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.sim.program.Block;
import dev.dryrun.sim.program.Call;
import dev.dryrun.sim.program.Program;
import dev.dryrun.sim.program.ProgramBuilder;
import dev.dryrun.sim.units.SimTime;
import dev.dryrun.strategy.job.Sharding;
import dev.dryrun.strategy.job.Stack;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.layout.Layout;
import dev.dryrun.strategy.pipeline.Pass;
import dev.dryrun.strategy.pipeline.PipelineSchedule;
import dev.dryrun.strategy.pipeline.StagePartition;
import java.util.ArrayList;
import java.util.List;

/// Writes the program of the ranks of one stage: gathering of parameters, passes in the schedule's order with the
/// messages between stages, reduction of gradients, optimizer.
final class StageProgram {
    private final TrainingJob job;
    private final int stage;
    private final StagePartition partition;
    private final PipelineSchedule schedule;
    private final TransferTable transfers;
    private final PassWriter passes;
    private final ProgramBuilder program;
    private final PassWork[] forward;
    private final PassWork[] backward;
    private final PassWork[] inputGradient;
    private final PassWork[] weightGradient;
    /// Of each chunk the first forward pass and the one that completes its gradients, as codes.
    private final int[] firstForward;

    private final int[] lastGradient;
    private final double messageBytes;
    private final long hostNanos;
    private final double optimizerSeconds;
    /// Gathers of parameters that the first forward passes wait for, chunk by chunk and bucket by bucket.
    private final List<List<Integer>> gathers = new ArrayList<>();
    private final String[][] names;
    private final int[] order;
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
        this.passes = passes;
        this.program = program;
        this.optimizerSeconds = optimizerSeconds;
        int chunks = partition.chunks();
        forward = new PassWork[chunks];
        backward = new PassWork[chunks];
        inputGradient = new PassWork[chunks];
        weightGradient = new PassWork[chunks];
        names = new String[][] {
            names("forward", chunks),
            names("backward", chunks),
            names("input gradient", chunks),
            names("weight gradient", chunks)
        };
        for (int chunk = 0; chunk < chunks; chunk++) {
            forward[chunk] = work.forward(stage, chunk);
            backward[chunk] = work.backward(stage, chunk);
            inputGradient[chunk] = work.inputGradient(stage, chunk);
            weightGradient[chunk] = work.weightGradient(stage, chunk);
        }
        order = schedule.order(stage, partition.stages(), chunks, job.microBatches());
        firstForward = new int[chunks];
        lastGradient = new int[chunks];
        findEnds();
        messageBytes = work.messageBytes();
        hostNanos = SimTime.toNanos(job.stack().hostSecondsPerKernel());
        for (int slot = 0; slot < messages.length; slot++) {
            messages[slot] = messageOf(slot);
        }
    }

    private static String[] names(String what, int chunks) {
        String[] names = new String[chunks];
        for (int chunk = 0; chunk < chunks; chunk++) {
            names[chunk] = chunks > 1 ? what + " chunk " + chunk : what;
        }
        return names;
    }

    private void findEnds() {
        for (int i = order.length - 1; i >= 0; i--) {
            if (Pass.isForward(order[i])) {
                firstForward[Pass.chunk(order[i])] = order[i];
            }
        }
        for (int pass : order) {
            if (Pass.makesWeightGradient(pass)) {
                lastGradient[Pass.chunk(pass)] = pass;
            }
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
        gathers.clear();
        lastReduction = Program.NONE;
        if (gathersAhead()) {
            gatherParameters();
        }
        if (schedule.overlapsMessages() || job.stack().pipelineTransfers() == Stack.PipelineTransfers.OVERLAPPED) {
            writeOverlapped();
        } else {
            writeExchanging();
        }
        reduceGradients();
        Block optimizer = Block.single(
                Category.values().length,
                Category.OPTIMIZER.ordinal(),
                hostNanos,
                SimTime.toNanos(optimizerSeconds),
                true);
        last = program.block(Streams.COMPUTE, optimizer, Program.NONE, "optimizer", Program.NONE);
        if (shardsOptimizer() && !job.stack().dataOverlap() && job.strategy().data() > 1) {
            await(dataCall(CollectiveKind.ALL_GATHER, parameters() * parameterBytes(), last, "gather parameters", 0));
        }
        program.hostSync(last);
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
                        pass)
                : message(
                        down ? Streams.SEND_BACKWARD : Streams.SEND_BACKWARD_UP,
                        down ? Layout.SEND_BACKWARD : Layout.SEND_BACKWARD_UP,
                        after,
                        "send gradient",
                        pass);
    }

    private int receive(int pass, int after) {
        boolean down = partition.placement().descends(Pass.chunk(pass));
        return Pass.isForward(pass)
                ? message(
                        down ? Streams.RECEIVE_FORWARD : Streams.RECEIVE_FORWARD_UP,
                        down ? Layout.RECEIVE_FORWARD : Layout.RECEIVE_FORWARD_UP,
                        after,
                        "receive activation",
                        pass)
                : message(
                        down ? Streams.RECEIVE_BACKWARD : Streams.RECEIVE_BACKWARD_UP,
                        down ? Layout.RECEIVE_BACKWARD : Layout.RECEIVE_BACKWARD_UP,
                        after,
                        "receive gradient",
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
        int chunk = Pass.chunk(pass);
        String name = names[Pass.direction(pass).ordinal()][chunk];
        if (pass == firstForward[chunk] && gathersAhead()) {
            writeAfterGathers(pass, after, name);
        } else if (pass == lastGradient[chunk] && reducesBeside()) {
            writeWithReductions(pass, after, name);
        } else {
            last = passes.write(program, work(pass), after, name, Pass.microBatch(pass));
        }
    }

    private PassWork work(int pass) {
        PassWork[] ofDirection = switch (Pass.direction(pass)) {
            case FORWARD -> forward;
            case BACKWARD -> backward;
            case INPUT_GRADIENT -> inputGradient;
            case WEIGHT_GRADIENT -> weightGradient;
        };
        return ofDirection[Pass.chunk(pass)];
    }

    // Data-parallel traffic.

    private boolean shardsOptimizer() {
        return job.strategy().sharding() == Sharding.OPTIMIZER;
    }

    private boolean gathersAhead() {
        return shardsOptimizer() && job.stack().dataOverlap() && job.strategy().data() > 1;
    }

    private boolean reducesBeside() {
        return job.stack().dataOverlap() && job.strategy().data() > 1;
    }

    private double bucketParameters() {
        return job.stack().bucketParameters();
    }

    /// Gathers the parameters that other replicas have updated, in the order in which the first forward passes need
    /// them.
    private void gatherParameters() {
        for (int chunk = 0; chunk < partition.chunks(); chunk++) {
            List<Integer> ofChunk = new ArrayList<>();
            for (PassWork bucket : forward[chunk].buckets(bucketParameters())) {
                ofChunk.add(
                        bucket.parameters() == 0
                                ? Program.NONE
                                : dataCall(
                                        CollectiveKind.ALL_GATHER,
                                        bucket.parameters() * parameterBytes(),
                                        Program.NONE,
                                        "gather parameters",
                                        job.stack().dataSlowdown()));
            }
            gathers.add(ofChunk);
        }
    }

    private void writeAfterGathers(int pass, int after, String name) {
        int chunk = Pass.chunk(pass);
        int waitsFor = after;
        int number = 0;
        for (PassWork bucket : forward[chunk].buckets(bucketParameters())) {
            int gathered = gathers.get(chunk).get(number++);
            if (gathered != Program.NONE) {
                if (waitsFor != Program.NONE) {
                    await(waitsFor);
                }
                waitsFor = gathered;
            }
            last = passes.write(program, bucket, waitsFor, name, Pass.microBatch(pass));
            waitsFor = Program.NONE;
        }
    }

    private void writeWithReductions(int pass, int after, String name) {
        int waitsFor = after;
        for (PassWork bucket : work(pass).buckets(bucketParameters())) {
            last = passes.write(program, bucket, waitsFor, name, Pass.microBatch(pass));
            waitsFor = Program.NONE;
            if (bucket.parameters() > 0) {
                reduce(bucket.parameters(), last, job.stack().dataSlowdown());
            }
        }
    }

    private void reduceGradients() {
        int reduced = Program.NONE;
        if (job.strategy().data() > 1) {
            reduced = reducesBeside() ? lastReduction : reduce(parameters(), last, 0);
        }
        if (reduced != Program.NONE) {
            await(reduced);
        }
        boolean sharesEmbedding = job.model().tiedHead()
                && partition.partsEmbeddingFromHead()
                && (partition.hasEmbedding(stage) || partition.hasHead(stage));
        if (sharesEmbedding) {
            double bytes = wordEmbeddingParameters() * gradientBytes();
            await(call(Layout.EMBEDDING, CollectiveKind.ALL_REDUCE, bytes, last, "sum of embedding gradients", 0));
        }
    }

    private int lastReduction = Program.NONE;

    private int reduce(double parameters, int after, double slowdown) {
        CollectiveKind kind = shardsOptimizer() ? CollectiveKind.REDUCE_SCATTER : CollectiveKind.ALL_REDUCE;
        lastReduction = dataCall(kind, parameters * gradientBytes(), after, "reduce gradients", slowdown);
        return lastReduction;
    }

    private int dataCall(CollectiveKind kind, double bytes, int after, String name, double slowdown) {
        return call(Layout.DATA, kind, bytes, after, name, slowdown);
    }

    private int call(int slot, CollectiveKind kind, double bytes, int after, String name, double slowdown) {
        Call call = new Call(
                slot,
                transfers.numberOf(kind, bytes),
                Category.DATA_COMM.ordinal(),
                Category.IMBALANCE.ordinal(),
                hostNanos,
                slowdown);
        return program.call(Streams.DATA, call, after, name, Program.NONE);
    }

    private double gradientBytes() {
        return job.stack().gradients().format().bytes(job.training().precision());
    }

    private double parameterBytes() {
        return Math.max(2, job.training().precision().bytes());
    }

    /// Parameters of this rank.
    private double parameters() {
        double sum = 0;
        for (PassWork work : forward) {
            sum += work.parameters();
        }
        return sum;
    }

    private double wordEmbeddingParameters() {
        return (double) job.model().paddedVocabulary(job.strategy().tensor())
                / job.strategy().tensor()
                * job.model().hidden();
    }
}
