// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.topology.Degraded;
import dev.dryrun.sim.program.Block;
import dev.dryrun.sim.program.Call;
import dev.dryrun.sim.program.Program;
import dev.dryrun.sim.program.StepExecutor;
import dev.dryrun.sim.program.StepPlan;
import dev.dryrun.sim.symmetry.Fold;
import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.ParameterSharding;
import dev.dryrun.strategy.job.Sharding;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.layout.Layout;
import dev.dryrun.strategy.layout.RankGrid;
import dev.dryrun.strategy.recompute.Recompute;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardedParametersTest {
    /// Each layer more takes max(C + kG, G) forward and max(C + k(G + R), G + R) backward: kernels of C beside a gather
    /// of G and a reduction of R, which cost them the share k of their speed. With whole interfaces compute is longer,
    /// with one at a twentieth communication is. The tolerance is a tick for each instruction of the eight layers.
    @ParameterizedTest
    @CsvSource({"1, true", "0.05, false"})
    void aLayerTakesTheLongerOfComputeAndCommunication(double rate, boolean computeBound) {
        TrainingJob fewer = job(8, 2048, 16, 1, "te-2024", ParameterSharding.USUAL, rate);
        TrainingJob more = job(16, 2048, 16, 1, "te-2024", ParameterSharding.USUAL, rate);
        StepPlan plan = new StepCompiler(more, Detail.CHUNK).compile();
        double forward = blockNanos(plan, "forward");
        double backward = blockNanos(plan, "backward");
        double gather = callNanos(plan, "gather parameters");
        double reduce = callNanos(plan, "reduce gradients");
        assertEquals(computeBound, forward > gather && backward > gather + reduce);
        double share = more.stack().dataSlowdown();
        double layer = Math.max(forward + share * gather, gather)
                + Math.max(backward + share * (gather + reduce), gather + reduce);
        assertEquals(8 * layer + 8 * optimizerNanos(fewer, more), step(more) - step(fewer), 8 * 20);
    }

    /// Without prefetch a gather begins when the layer before it is done, so that nothing hides it; reductions still
    /// run beside the next layer backward.
    @Test
    void withoutPrefetchEachGatherIsWaitedFor() {
        var sharding = new ParameterSharding(0, true, false);
        TrainingJob fewer = job(8, 4096, 8, 1, "te-2024", sharding, 1);
        TrainingJob more = job(16, 4096, 8, 1, "te-2024", sharding, 1);
        StepPlan plan = new StepCompiler(more, Detail.CHUNK).compile();
        double gather = callNanos(plan, "gather parameters");
        double reduce = callNanos(plan, "reduce gradients");
        // The gather of the next layer queues behind the reduction of the one before, which begins at the same time.
        double backward = blockNanos(plan, "backward") + reduce + gather;
        double layer = blockNanos(plan, "forward") + gather + backward;
        assertEquals(8 * layer + 8 * optimizerNanos(fewer, more), step(more) - step(fewer), 8 * 20);
    }

    /// Parameters go round twice and gradients once where layers are freed in between, else once each; in every
    /// micro-batch. Embedding and head stay. Source: Rajbhandari et al., 2020, arXiv:1910.02054, section 7.2.2.
    @ParameterizedTest
    @CsvSource({"true, 1, 2", "true, 3, 2", "false, 1, 1", "false, 3, 1"})
    void layersAreGatheredForEachPassAndReducedOnce(boolean reshards, int microBatches, int gathersOfLayer) {
        TrainingJob job = job(8, 2048, 8, microBatches, "megatron-2022", new ParameterSharding(0, reshards, true), 1);
        StepPlan plan = new StepCompiler(job, Detail.CHUNK).compile();
        assertEquals(microBatches * (8 * gathersOfLayer + 1), calls(plan, "gather parameters"));
        assertEquals(microBatches * (8 + 1), calls(plan, "reduce gradients"));
    }

    /// Hybrid: 4 consecutive replicas share, and the same share of the 4 copies is summed over every fourth replica.
    @Test
    void hybridSharesInsideGroupsAndSumsOverCopies() {
        TrainingJob job = job(8, 2048, 16, 1, "te-2024", new ParameterSharding(4, true, true), 1);
        StepPlan plan = new StepCompiler(job, Detail.CHUNK).compile();
        Layout layout = new Layout(RankGrid.of(1, 1, 16), Layout.Messages.DOWN, true, 4);
        assertArrayEquals(new int[] {4, 5, 6, 7}, layout.gpusOf(layout.groupOf(6, Layout.SHARD)));
        assertArrayEquals(new int[] {2, 6, 10, 14}, layout.gpusOf(layout.groupOf(6, Layout.COPIES)));
        assertEquals(9, calls(plan, "sum gradients of copies"));
    }

    /// With tensor groups and stages, each rank is in the groups of its own tensor shard and stage.
    @Test
    void hybridGroupsHoldTheirMembersAndNoOthers() {
        Layout layout = new Layout(RankGrid.of(2, 3, 6), Layout.Messages.DOWN, false, 3);
        for (int rank = 0; rank < layout.ranks(); rank++) {
            for (int slot : new int[] {Layout.SHARD, Layout.COPIES}) {
                int group = layout.groupOf(rank, slot);
                int[] members = layout.gpusOf(group);
                assertEquals(slot == Layout.SHARD ? 3 : 2, members.length);
                boolean found = false;
                for (int member : members) {
                    assertEquals(group, layout.groupOf(member, slot));
                    found |= member == rank;
                }
                assertTrue(found);
            }
        }
    }

    private static TrainingJob job(
            int layers,
            int hidden,
            int replicas,
            int microBatches,
            String stack,
            ParameterSharding sharding,
            double rateOfOneInterface) {
        var strategy = new ParallelStrategy(
                        RankGrid.of(1, 1, replicas), false, "1f1b", 1, false, Sharding.PARAMETERS, 1, Recompute.NONE)
                .with(sharding);
        TrainingJob job =
                Jobs.a100(Jobs.gpt(layers, hidden, 16), (long) replicas * microBatches, strategy, stack, "default");
        return rateOfOneInterface == 1
                ? job
                : Jobs.onCluster(
                        job,
                        job.cluster()
                                .withDegraded(List.of(new Degraded(
                                        Objects.requireNonNull(Degraded.part("node 0 nic 0")), rateOfOneInterface))));
    }

    private static double step(TrainingJob job) {
        return StepExecutor.execute(Fold.of(new StepCompiler(job, Detail.CHUNK).compile()))
                .stepNanos();
    }

    /// Optimizer time of one layer.
    private static double optimizerNanos(TrainingJob fewer, TrainingJob more) {
        int layers = more.model().layers() - fewer.model().layers();
        return (blockNanos(new StepCompiler(more, Detail.CHUNK).compile(), "optimizer")
                        - blockNanos(new StepCompiler(fewer, Detail.CHUNK).compile(), "optimizer"))
                / layers;
    }

    /// The most frequent time of the blocks of that name: those of layers.
    private static double blockNanos(StepPlan plan, String name) {
        var count = new TreeMap<Long, Integer>();
        Program program = plan.program(0);
        for (int i = 0; i < program.size(); i++) {
            if (program.opcode(i) == Program.BLOCK
                    && plan.tables().name(program.name(i)).equals(name)) {
                Block block = plan.tables().block(program.operand(i));
                count.merge(block.deviceNanos(), 1, Integer::sum);
            }
        }
        return mostFrequent(count);
    }

    private static double callNanos(StepPlan plan, String name) {
        var count = new TreeMap<Long, Integer>();
        Program program = plan.program(0);
        for (int i = 0; i < program.size(); i++) {
            if (program.opcode(i) == Program.CALL
                    && plan.tables().name(program.name(i)).equals(name)) {
                Call call = plan.tables().call(program.operand(i));
                count.merge(
                        plan.transfers()
                                .activity(plan.groupOf()[call.slot()], call.transfer())
                                .aloneNanos(plan.capacityPerSecond()),
                        1,
                        Integer::sum);
            }
        }
        return mostFrequent(count);
    }

    private static double mostFrequent(Map<Long, Integer> count) {
        int most = count.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
        return count.entrySet().stream()
                .filter(entry -> entry.getValue() == most)
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    private static int calls(StepPlan plan, String name) {
        int calls = 0;
        Program program = plan.program(0);
        for (int i = 0; i < program.size(); i++) {
            calls += program.opcode(i) == Program.CALL
                            && plan.tables().name(program.name(i)).equals(name)
                    ? 1
                    : 0;
        }
        return calls;
    }
}
