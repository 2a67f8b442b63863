// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.kernel.KernelModel;
import dev.dryrun.sim.program.StepExecutor;
import dev.dryrun.sim.program.StepOutcome;
import dev.dryrun.sim.program.StepPlan;
import dev.dryrun.sim.symmetry.Fold;
import dev.dryrun.strategy.job.Offload;
import dev.dryrun.strategy.job.Offload.Place;
import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.Sharding;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.layout.RankGrid;
import dev.dryrun.strategy.memory.MemoryModel;
import dev.dryrun.strategy.model.LayerCut;
import dev.dryrun.strategy.model.ParameterCounts;
import dev.dryrun.strategy.recompute.Choices;
import dev.dryrun.strategy.recompute.LayerRecompute;
import dev.dryrun.strategy.recompute.Recompute;
import dev.dryrun.strategy.recompute.RecomputedLayer;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class OffloadTest {
    private static final int LAYERS = 4;

    private static TrainingJob job(Offload offload) {
        var strategy = new ParallelStrategy(
                        RankGrid.of(1, 1, 1), false, "1f1b", 1, false, Sharding.NONE, 1, Recompute.NONE)
                .with(offload);
        return Jobs.a100(Jobs.gpt(LAYERS, 4096, 32), 1, strategy, "megatron-2022", "default");
    }

    private static StepOutcome run(TrainingJob job, Detail detail) {
        return StepExecutor.execute(Fold.of(new StepCompiler(job, detail).compile()));
    }

    private static double seconds(TrainingJob job) {
        return run(job, Detail.CHUNK).stepNanos() / 1e9;
    }

    private static double parameters(TrainingJob job) {
        return new ParameterCounts(job.model(), LayerCut.NONE).all().total();
    }

    /// Seconds of what a device does beside Adam's own 28 bytes, and of all of it.
    private static double deviceSeconds(TrainingJob job, double bytes) {
        return new KernelModel(job.accelerator(), 1).bytesSeconds(bytes * parameters(job));
    }

    /// Gradients of 2 bytes leave after the last backward pass, the host moves 28 bytes for each parameter in pieces of
    /// time u, and new weights of 2 bytes come back in pieces of time c < u: 2P/B + K u + c in place of Adam's kernel.
    @Test
    void theHostUpdatesPieceByPiece() {
        TrainingJob device = job(Offload.NONE);
        TrainingJob host = job(new Offload(Place.HOST, 0, 25e9, 50e9));
        double p = parameters(host);
        double expected = 2 * p / 25e9 + 28 * p / 50e9 + 2 * p / 25e9 / LAYERS;
        double optimizer = deviceSeconds(host, 64) - deviceSeconds(host, 36);
        // Each piece's issue, 5 us, may hold it up.
        assertEquals(expected - optimizer, seconds(host) - seconds(device), (3 * LAYERS + 1) * 5e-6);
    }

    /// Master weights and moments, 12 bytes, in K pieces of time s each way and updates g < s: K s + g + s.
    @Test
    void stateStreamsThroughTheDevice() {
        TrainingJob device = job(Offload.NONE);
        TrainingJob streamed = job(new Offload(Place.STREAMED, 0, 25e9, 0));
        double piece = 12 * parameters(streamed) / 25e9 / LAYERS;
        double update = deviceSeconds(streamed, 28.0 / LAYERS);
        assertTrue(update < piece);
        double expected = (LAYERS + 1) * piece + update;
        double optimizer = deviceSeconds(streamed, 64) - deviceSeconds(streamed, 36);
        assertEquals(expected - optimizer, seconds(streamed) - seconds(device), (3 * LAYERS + 1) * 5e-6);
    }

    /// A link so slow that layers are nothing beside it carries each layer's activations out and in, one after the
    /// other; one so fast that copies are nothing leaves the step as it was.
    @Test
    void activationsGoAndComeBesideTheLayers() {
        double without = seconds(job(Offload.NONE));
        double quick = seconds(job(new Offload(Place.DEVICE, 1, 1e18, 0)));
        assertEquals(without, quick, 4 * LAYERS * 5e-6);
        TrainingJob slow = job(new Offload(Place.DEVICE, 1, 1e8, 0));
        double copies =
                2 * LAYERS * MemoryModel.of(slow).offloadedBytes(RecomputedLayer.alone(0, LayerRecompute.NONE)) / 1e8;
        assertTrue(copies > 50 * without);
        double took = seconds(slow);
        assertTrue(took >= copies && took <= copies + without, () -> took + " s for copies of " + copies + " s");
    }

    @RepeatedTest(30)
    void foldedEqualsFullAndDetailsAreEqual(RepetitionInfo repetition) {
        var random = new SplittableRandom(7000 + repetition.getCurrentRepetition());
        int tensor = 1 << random.nextInt(2);
        int stages = 1 << random.nextInt(3);
        int data = random.nextInt(1, 4);
        Place place = Place.values()[random.nextInt(3)];
        var strategy = new ParallelStrategy(
                        RankGrid.of(tensor, stages, data),
                        false,
                        stages > 1 && random.nextBoolean() ? "zb-h1" : "1f1b",
                        1,
                        false,
                        Sharding.values()[random.nextInt(4)],
                        1,
                        Recompute.NONE)
                .with(Choices.random(random, false))
                .with(new Offload(place, random.nextInt(3) / 2.0, 25e9, place == Place.HOST ? 40e9 : 0));
        String stack = List.of("megatron-2022", "te-2024").get(random.nextInt(2));
        TrainingJob job = Jobs.a100(
                Jobs.gpt(8, 4096, 32), (long) data * stages * random.nextInt(1, 3), strategy, stack, "default");
        StepPlan full = new StepCompiler(job, Detail.CHUNK).compile();
        StepOutcome ofAll = StepExecutor.execute(full);
        StepOutcome coarse = run(job, Detail.CHUNK);
        assertTrue(ofAll.deadlock().isEmpty(), strategy::toString);
        assertEquals(
                (double) ofAll.stepNanos(), (double) coarse.stepNanos(), (double) ofAll.events(), strategy.toString());
        if (data == 1 && stages == 1) {
            StepOutcome fine = run(job, Detail.LAYER);
            assertEquals(
                    (double) coarse.stepNanos(),
                    (double) fine.stepNanos(),
                    (double) fine.events(),
                    strategy.toString());
        }
    }
}
