// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.InvalidInputException;
import dev.dryrun.hardware.catalog.Problem;
import dev.dryrun.scenario.io.JsonText;
import dev.dryrun.strategy.job.TrainingJob;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MixedClusterScenarioTest {
    private static final String TWO = "{parts: [{node: dgx-a100-80gb, nodes: 1}, {node: mi300x-platform, nodes: 1}]}";

    private static Scenario read(String cluster, String strategy) {
        return new ScenarioReader(new Catalog(List.of())).read("mixed.yaml", """
            model: llama2-7b
            cluster: %s
            training: {sequence_length: 2048, global_batch: 12, precision: bf16}
            strategy: %s
            """.formatted(cluster, strategy));
    }

    @Test
    void partsBringTheirOwnEquipment() {
        TrainingJob job =
                read(TWO, "{tensor: 8, data: 2, micro_batches: [4, 8]}").job();
        assertEquals(16, job.cluster().gpus());
        assertEquals("a100-sxm-80gb", job.accelerator(7).name());
        assertEquals("mi300x", job.accelerator(8).name());
        assertEquals(
                List.of("nccl", "rccl"),
                job.equipment().stream().map(part -> part.library().name()).toList());
        assertEquals(4, job.microBatches(0));
        assertEquals(8, job.microBatches(1));
        assertEquals(8, job.microBatches());
    }

    @Test
    void theResolvedScenarioReadsAsTheSame() {
        Scenario scenario = read(TWO, "{tensor: 8, data: 2, micro_batches: [4, 8]}");
        String json = new JsonText().value((Object) scenario.resolved()).toString();
        assertEquals(
                scenario.job(),
                new ScenarioReader(new Catalog(List.of()))
                        .read("again.json", json)
                        .job());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{node: hgx-h100, nodes: 1, parts: [{node: hgx-h100, nodes: 1}]} | {tensor: 8} | cluster.node"
                        + " | cannot be with cluster.parts",
                "{parts: [{node: hgx-h100}]} | {tensor: 8} | cluster.parts[0].nodes | a whole number from 1",
                "{parts: [{nodes: 2}]} | {} | cluster.parts[0].node | a name of the catalog or a block is needed",
                "{parts: [{node: hgx-h100, nodes: 1, nics: 4}]} | {} | cluster.parts[0].nics | must be one of",
                "{parts: [{node: hgx-h100, nodes: 1}, {node: dgx-1v, nodes: 1}]} | {} | training.precision"
                        + " | v100-sxm-32gb multiplies no such matrices",
                "{parts: [{node: hgx-h100, nodes: 1}, {node: dgx-b200, nodes: 1}], fabric: single-node} | {tensor: 8,"
                        + " data: 1} | cluster | has no network",
                "{parts: [{node: hgx-h100, nodes: 1}, {node: dgx-b200, nodes: 2}]} | {tensor: 8, data: 2,"
                        + " micro_batches: [5, 6]} | strategy.micro_batches | must add up to the global batch of 12",
                "{parts: [{node: hgx-h100, nodes: 1}, {node: dgx-b200, nodes: 2}]} | {tensor: 8, data: 2,"
                        + " micro_batches: [12]} | strategy.micro_batches | one number for each of the 2 replicas",
                "{parts: [{node: hgx-h100, nodes: 1}, {node: dgx-b200, nodes: 2}]} | {tensor: 8, data: 2,"
                        + " sharding: parameters, micro_batches: [4, 8]} | strategy.micro_batches"
                        + " | must be equal where replicas share",
                "{parts: [{node: hgx-h100, nodes: 1}, {node: dgx-b200, nodes: 1}]} | {tensor: 16, data: 1}"
                        + " | strategy.tensor | ranks 0 and 8 meet in every layer and must be in one part",
                "{parts: [{node: hgx-h100, nodes: 1}, {node: dgx-b200, nodes: 1}]} | {tensor: 4, context: 4}"
                        + " | strategy.context | ranks 0 and 8 meet in every layer",
                "{parts: [{node: hgx-h100, nodes: 1}, {node: box-4x-l40s, nodes: 1}]} | {tensor: 8}"
                        + " | cluster.parts | must be a multiple of tensor 8 = 8",
            })
    void whatCannotBeIsTold(String cluster, String strategy, String field, String rule) {
        var bad = assertThrows(InvalidInputException.class, () -> read(cluster, strategy));
        List<String> all = bad.problems().stream().map(Problem::message).toList();
        assertTrue(
                bad.problems().stream()
                        .anyMatch(problem -> problem.field().equals(field)
                                && problem.message().contains(rule)),
                all.toString());
    }
}
