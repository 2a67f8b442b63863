// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.validation.train.TrainedStep;
import dev.dryrun.validation.train.TrainingOrder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// However a model is spread over processes, it learns the same.
class LayoutsTest {
    private static final int STEPS = 3;
    private static final String ALONE = "data: 1, micro_batch: 1";
    /// Kernels one behind the other from tokens to loss and back: 4 blocks of 12, embedding and head, both ways.
    private static final int DEPTH = 2 * (4 * 12 + 5);

    @TempDir
    private static Path folder;

    private static List<TrainedStep> alone = List.of();

    @BeforeAll
    static void trainAlone() throws IOException {
        alone = train(Scenarios.GPT, ALONE, 1, 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: 2, micro_batch: 1",
                "tensor: 2, data: 1, micro_batch: 1",
                "tensor: 2, sequence_parallel: true, data: 1, micro_batch: 2",
                "pipeline: {stages: 2, schedule: gpipe}, data: 1, micro_batch: 1",
                "pipeline: {stages: 2, schedule: 1f1b}, data: 1, micro_batch: 1",
                "pipeline: {stages: 2, schedule: interleaved-1f1b, chunks: 2}, data: 1, micro_batch: 1",
                "data: 2, sharding: optimizer, micro_batch: 1",
                "data: 2, sharding: gradients, micro_batch: 1",
                "data: 2, sharding: parameters, micro_batch: 1",
                "tensor: 2, data: 2, micro_batch: 1, recompute: full"
            })
    void allLayoutsLearnTheSame(String strategy) throws IOException {
        assertSame(alone, train(Scenarios.GPT, strategy, 1, 1), strategy);
    }

    @Test
    void expertsAndGroupedQueriesToo() throws IOException {
        List<TrainedStep> one = train(Scenarios.MIXTURE, ALONE, 1, 0.5);
        String spread = "tensor: 2, sequence_parallel: true, pipeline: {stages: 2, schedule: 1f1b}, data: 1,"
                + " micro_batch: 1, recompute: selective";
        assertSame(one, train(Scenarios.MIXTURE, spread, 1, 0.5), spread);
    }

    /// What the tolerance can tell apart: another seed is another model.
    @Test
    void anotherSeedIsAnotherModel() throws IOException {
        double other = train(Scenarios.GPT, ALONE, 2, 1).getFirst().loss();
        assertTrue(Math.abs(other - alone.getFirst().loss()) > tolerance(0, other));
    }

    @Test
    void clippingMakesAnotherSecondStep() throws IOException {
        double clipped = train(Scenarios.GPT, ALONE, 1, 0.1).getLast().gradientNorm();
        assertTrue(Math.abs(clipped - alone.getLast().gradientNorm()) > tolerance(STEPS, clipped));
    }

    private static void assertSame(List<TrainedStep> expected, List<TrainedStep> found, String strategy) {
        assertEquals(expected.size(), found.size());
        for (int i = 0; i < expected.size(); i++) {
            double loss = expected.get(i).loss();
            assertEquals(loss, found.get(i).loss(), tolerance(i, loss), strategy + ", step " + i);
            double norm = expected.get(i).gradientNorm();
            assertEquals(norm, found.get(i).gradientNorm(), tolerance(i, norm), strategy + ", norm of step " + i);
        }
    }

    /// Half a unit in the last place of fp32 for each kernel on the way, all in one direction, and as much again for
    /// each update before.
    private static double tolerance(int step, double value) {
        return (step + 1) * DEPTH * Math.scalb(1.0, -24) * value;
    }

    private static List<TrainedStep> train(String model, String strategy, long seed, double clipNorm)
            throws IOException {
        Path scenario = Scenarios.write(folder, "layout", model, "fp32", "momentum", strategy, "te-2024");
        var order =
                new TrainingOrder(scenario, List.of(), STEPS, 0, seed, Optional.empty(), "cpu", 1, 0.05, 0, clipNorm);
        List<TrainedStep> heard = new ArrayList<>();
        var report = new LibtorchTrainer().train(order, heard::add);
        assertEquals(report.steps(), heard);
        return report.steps();
    }
}
