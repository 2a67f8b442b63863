// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.scenario.spec.ScenarioReader;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.layout.RankGrid;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacementWarningsTest {
    private static final String BANDWIDTHS = ": a GPU has 25.0 GB/s to other nodes and 300 GB/s within its own";

    /// On nodes of 8 GPUs: 8 replicas ahead of tensor put the members of a tensor group 8 apart, 4 leave it on a node.
    @ParameterizedTest
    @CsvSource({
        "2, 2, '[tensor, data, pipeline]', 0",
        "8, 1, '[tensor, data, pipeline]', 0",
        "16, 1, '[tensor, data, pipeline]', 16",
        "2, 2, '[data, tensor, pipeline]', 2",
        "2, 4, '[data, tensor, pipeline]', 0",
        "2, 4, '[pipeline, data, tensor]', 2"
    })
    void tensorGroupsThatSpanNodesAreWarnedOf(int tensor, int stages, String order, int size) {
        List<String> expected =
                size == 0 ? List.of() : List.of("tensor groups of " + size + " span nodes of 8 GPUs" + BANDWIDTHS);
        assertEquals(expected, PlacementWarnings.of(job(tensor, stages, order)));
    }

    /// 16 ranks along a sequence, or of experts, take two nodes.
    @Test
    void soAreThoseOfContextAndExperts() {
        TrainingJob job = job(2, 1, "[tensor, data, pipeline]");
        assertEquals(
                List.of("context groups of 16 span nodes of 8 GPUs" + BANDWIDTHS),
                PlacementWarnings.of(on(job, RankGrid.of(2, 1, 1).withContext(16))));
        assertEquals(
                List.of("expert groups of 16 span nodes of 8 GPUs" + BANDWIDTHS),
                PlacementWarnings.of(on(job, RankGrid.of(2, 1, 16).withExperts(16, 1))));
        assertEquals(
                List.of(),
                PlacementWarnings.of(on(job, RankGrid.of(2, 1, 8).withContext(2).withExperts(4, 2))));
    }

    private static TrainingJob job(int tensor, int stages, String order) {
        String scenario = """
            model: gpt3-1.3b
            cluster: {node: dgx-a100-80gb, nodes: 4}
            training: {sequence_length: 1024, global_batch: 64, precision: bf16}
            strategy: {tensor: %d, pipeline: {stages: %d}, order: %s}
            """.formatted(tensor, stages, order);
        return new ScenarioReader(new Catalog(List.of()))
                .read("job.yaml", scenario)
                .job();
    }

    private static TrainingJob on(TrainingJob job, RankGrid grid) {
        return new TrainingJob(
                job.name(),
                job.model(),
                job.cluster(),
                job.accelerator(),
                job.library(),
                job.training(),
                job.strategy().with(grid),
                job.stack(),
                job.site());
    }
}
