// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.kernel.KernelModel;
import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.Sharding;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.layout.RankGrid;
import dev.dryrun.strategy.recompute.Recompute;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a layer of experts takes beside products, by stack: on 8 ranks that deal the experts out, 2,048 tokens each.
class ExpertStepsTest {
    private static final int TOKENS = 2048;

    private static TrainingJob job(String model, String stack) {
        var strategy = new ParallelStrategy(
                new RankGrid(1, 1, 1, 8, 8, 1, RankGrid.USUAL),
                false,
                "1f1b",
                1,
                false,
                Sharding.OPTIMIZER,
                1,
                Recompute.NONE);
        return Jobs.a100(Jobs.model(model), 8, strategy, stack, "default");
    }

    private static KernelModel kernels(TrainingJob job) {
        return new KernelModel(
                job.equipment().getFirst().accelerator(),
                Math.toIntExact(job.strategy().ranks()));
    }

    private static LayerPasses layer(TrainingJob job) {
        Accelerator accelerator = job.equipment().getFirst().accelerator();
        LayerDimensions sizes = LayerDimensions.of(job.model(), job.training(), job.strategy(), 1);
        var times = new KernelTimes(
                kernels(job),
                sizes,
                job.stack(),
                job.training().precision(),
                job.training().numerics().scaling(),
                1,
                accelerator.peak16BitFlopsPerSecond());
        return new LayerPasses(
                StepKernels.of(job, times, sizes, 1),
                job.model().groups().getFirst().steps(job.strategy().layerCut()));
    }

    private static List<Double> seconds(List<Op> ops, String name) {
        return ops.stream()
                .filter(op -> op instanceof Op.Kernel kernel && kernel.name().equals(name))
                .map(op -> ((Op.Kernel) op).seconds())
                .toList();
    }

    private static double sent(TrainingJob job) {
        return layer(job).forward(Category.COMPUTE).stream()
                .filter(op -> op instanceof Op.Collective collective && collective.category() == Category.EXPERT_COMM)
                .mapToDouble(op -> ((Op.Collective) op).bytes())
                .sum();
    }

    /// gpt-oss-120b: four copies of each token, on a rank as many as it sends; the gate reads 2 x 2,880 elements of
    /// each and the result has 2,880. Bytes as the stack counts them.
    @Test
    void biasesOfExpertsHaveKernelsOfTheirOwn() {
        TrainingJob job = job("gpt-oss-120b", "te-2026");
        KernelModel kernels = kernels(job);
        double copies = 4.0 * TOKENS;
        List<Op> forward = layer(job).forward(Category.COMPUTE);
        List<Op> backward = layer(job).backward();
        assertEquals(List.of(kernels.bytesSeconds(copies * 5760 * 16)), seconds(forward, "gate of experts"));
        assertEquals(List.of(kernels.bytesSeconds(copies * 2880 * 56)), seconds(forward, "bias of experts"));
        assertEquals(List.of(kernels.bytesSeconds(copies * 5760 * 20)), seconds(backward, "gate of experts"));
        assertEquals(List.of(kernels.bytesSeconds(copies * 2880 * 80)), seconds(backward, "bias of experts"));
    }

    @Test
    void expertsWithoutBiasesHaveNone() {
        List<Op> ops = layer(job("mixtral-8x7b", "te-2026")).forward(Category.COMPUTE);
        assertEquals(List.of(), seconds(ops, "gate of experts"));
        assertEquals(List.of(), seconds(ops, "bias of experts"));
    }

    /// The device waits once in a forward pass, for as long as the stack says, and not backward.
    @Test
    void theHostLearnsTheCountsInTheForwardPass() {
        TrainingJob job = job("mixtral-8x7b", "te-2026");
        assertEquals(
                List.of(job.stack().experts().countSeconds()),
                seconds(layer(job).forward(Category.COMPUTE), "wait for counts"));
        assertEquals(List.of(), seconds(layer(job).backward(), "wait for counts"));
        assertTrue(job.stack().experts().countSeconds() > 0);
    }

    /// Both stacks send a token once to each rank; the newer one hides 0.6 of that.
    @Test
    void aHiddenExchangeIsNotWaitedFor() {
        double all = sent(job("mixtral-8x7b", "te-2026"));
        assertEquals(0.4 * all, sent(job("mixtral-8x7b", "te-2026-06")), 1e-9 * all);
    }

    @Test
    void productsThatFuseTheActivationLeaveNoKernelOfIt() {
        assertEquals(
                1,
                seconds(layer(job("mixtral-8x7b", "te-2026")).forward(Category.COMPUTE), "activation")
                        .size());
        LayerPasses fused = layer(job("mixtral-8x7b", "te-2026-06"));
        assertEquals(List.of(), seconds(fused.forward(Category.COMPUTE), "activation"));
        assertEquals(List.of(), seconds(fused.backward(), "activation backward"));
    }

    /// The same bytes of a norm, and what the stack says of byte-bound kernels besides.
    @Test
    void byteBoundKernelsTakeTheStacksLatency() {
        double without = seconds(layer(job("mixtral-8x7b", "te-2026")).forward(Category.COMPUTE), "norm")
                .getFirst();
        TrainingJob job = job("mixtral-8x7b", "te-2026-no-overlap");
        double with = seconds(layer(job).forward(Category.COMPUTE), "norm").getFirst();
        assertEquals(job.stack().byteBoundSeconds(), with - without, 1e-15);
    }

    /// Seven further ranks of an exchange; kernels and what runs beside them stay as they are.
    @Test
    void membersOfACollectiveComeTogetherFirst() {
        TrainingJob job = job("mixtral-8x7b", "te-2026-no-overlap");
        List<Op> ops = layer(job).forward(Category.COMPUTE);
        List<Op> met = Meetings.of(job).with(ops);
        double each = 7 * job.stack().meetingSeconds();
        assertEquals(List.of(each), seconds(met, "meet for dispatch"));
        assertEquals(List.of(each), seconds(met, "meet for combine"));
        assertEquals(ops.size() + 2, met.size());
        assertTrue(job.stack().meetingSeconds() > 0);
    }

    @Test
    void withoutATimeToMeetNothingChanges() {
        TrainingJob job = job("mixtral-8x7b", "te-2026");
        List<Op> ops = layer(job).forward(Category.COMPUTE);
        assertEquals(ops, Meetings.of(job).with(ops));
    }
}
