// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Scenarios as people break them, with the messages they get: where, what, the rule, the remedy.
class BrokenScenariosTest {
    static final String SOUND = """
        name: job
        model: gpt3-175b
        cluster:
          node: dgx-a100-80gb
          nodes: 128
          fabric: fat-tree
        training:
          sequence_length: 2048
          global_batch: 1536
          precision: fp16
        strategy:
          tensor: 8
          pipeline: {stages: 16, schedule: interleaved-1f1b, chunks: 3}
          micro_batch: 1
          recompute: full
        stack: megatron-2021
        site: selene
        """;

    @TempDir
    private Path folder;

    private void expect(String scenario, String... messages) throws Exception {
        Path file = Files.writeString(folder.resolve("job.yaml"), scenario);
        Run run = Run.of("simulate", file.toString());
        assertEquals("", run.out());
        assertEquals(
                String.join("\n", messages),
                run.err().strip().replace(folder + file.getFileSystem().getSeparator(), ""));
        assertEquals(2, run.exitCode());
    }

    private static String with(String sound, String broken) {
        if (!SOUND.contains(sound)) {
            throw new IllegalArgumentException("not in the scenario: " + sound);
        }
        return SOUND.replace(sound, broken);
    }

    @Test
    void wrongType() throws Exception {
        expect(
                with("global_batch: 1536", "global_batch: lots"),
                "job.yaml:9:17: training.global_batch is \"lots\", but must be a whole number from 1 to 1073741824.");
    }

    @Test
    void unknownName() throws Exception {
        expect(
                with("node: dgx-a100-80gb", "node: dgx-a100-80g"),
                "job.yaml:4:9: cluster.node is \"dgx-a100-80g\", but no such node is in the catalog."
                        + " Maybe \"dgx-a100-80gb\".");
    }

    @Test
    void modelOfAnotherKind() throws Exception {
        expect(
                with("model: gpt3-175b", "model: {extends: gpt3-175b, relative_positions: matrix, positions: 0}"),
                "job.yaml:2:8: model is \"gpt3-175b\", but its relative positions by a matrix are not simulated yet.");
    }

    @Test
    void layersNotDivisible() throws Exception {
        expect(
                with("stages: 16, schedule: interleaved-1f1b, chunks: 3", "stages: 10"),
                "job.yaml:13:22: strategy.pipeline.stages is 10, but must divide the 96 layers of gpt3-175b."
                        + " Maybe 8 or 12.");
    }

    @Test
    void listedLayersDoNotFit() throws Exception {
        String pipeline = "stages: 16, schedule: interleaved-1f1b, chunks: 3";
        expect(
                with(pipeline, "stages: 2, layers_per_stage: [40, 50]"),
                "job.yaml:13:43: strategy.pipeline.layers_per_stage is [40, 50], but must add up to the 96 layers, not"
                        + " to 90 (gpt3-175b).");
        expect(
                with(pipeline, "stages: 2, layers_per_stage: [96]"),
                "job.yaml:13:43: strategy.pipeline.layers_per_stage is [96], but must have 2 entries, one for each"
                        + " stage, not 1 (gpt3-175b).");
        expect(
                with(pipeline, "stages: 2, layers_per_stage: [90, six]"),
                "job.yaml:13:43: strategy.pipeline.layers_per_stage is \"six\", but must hold whole numbers from 0 to"
                        + " 1048576.");
    }

    @Test
    void moreGpusThanNodes() throws Exception {
        expect(
                with("nodes: 128", "nodes: 4"),
                "job.yaml:5:10: cluster.nodes is 4, but tensor 8 x stages 16 = 128 GPUs must fit the 32 GPUs of"
                        + " 4 x dgx-a100-80gb. Maybe 16.");
    }

    @Test
    void negativeSize() throws Exception {
        expect(
                with("micro_batch: 1", "micro_batch: -1"),
                "job.yaml:14:16: strategy.micro_batch is -1, but must be a whole number from 1 to 1073741824.");
    }

    @Test
    void missingUnit() throws Exception {
        expect(
                with("node: dgx-a100-80gb", "node: {extends: dgx-a100-80gb, nic_bandwidth: 400}"),
                "job.yaml:4:49: cluster.node.nic_bandwidth is 400, but needs a unit, such as 400 Gb/s. Maybe 400"
                        + " Gb/s.");
    }

    @Test
    void emptyFile() throws Exception {
        expect("", "job.yaml:1:1: the file is empty, but must hold a mapping of keys to values.");
    }

    @Test
    void notYaml() throws Exception {
        expect(
                with("pipeline: {stages: 16", "pipeline: {stages: [16"),
                "job.yaml:13:65: the file is not YAML (while parsing a flow sequence), but must be valid YAML.");
    }

    @Test
    void hugeNumbers() throws Exception {
        expect(
                with("nodes: 128", "nodes: 99999999999999999999999").replace("length: 2048", "length: 1e400"),
                "job.yaml:5:10: cluster.nodes is 99999999999999999999999, but must be a whole number from 1 to 131072.",
                "job.yaml:8:20: training.sequence_length is 1e400, but must be a whole number from 1 to 4294967296.");
    }

    @Test
    void duplicateKeys() throws Exception {
        expect(
                with("  micro_batch: 1\n", "  micro_batch: 1\n  micro_batch: 2\n"),
                "job.yaml:15:3: \"micro_batch\" is given twice, but a key stands once in a mapping (first on line 14)."
                        + " Maybe delete one.");
    }

    @Test
    void groupsThatDoNotDivideTheReplicas() throws Exception {
        expect(
                with("  micro_batch: 1", "  sharding: {what: parameters, group: 5}\n  micro_batch: 1"),
                "job.yaml:14:39: strategy.sharding.group is 5, but must divide the 8 replicas. Maybe 4 or 8.");
    }

    @Test
    void gatheringWhatIsNotShared() throws Exception {
        expect(
                with("  micro_batch: 1", "  sharding: {what: optimizer, prefetch: false}\n  micro_batch: 1"),
                "job.yaml:14:41: strategy.sharding.prefetch is false, but is a matter of sharded parameters, and"
                        + " strategy.sharding.what is optimizer. Maybe what: parameters.");
    }

    @Test
    void shardingWithoutSayingWhat() throws Exception {
        expect(
                with("  micro_batch: 1", "  sharding: {group: 8}\n  micro_batch: 1"),
                "job.yaml:14:13: strategy.sharding.what is missing, but one of none, optimizer, gradients, parameters"
                        + " is needed.");
    }

    @Test
    void everythingIsToldAtOnce() throws Exception {
        expect(
                """
                model: gpt3-175
                cluster: {node: dgx-a100-80gb, nodes: 0, fabrik: fat-tree}
                training: {sequence_length: 2048, precision: fp17}
                strategy: {tensor: 6, recompute: yes, sharding: zero}
                stack: megatron-2021
                site: {ring_efficiency: 2}
                tokens: 5
                """,
                "job.yaml:1:8: model is \"gpt3-175\", but no such model is in the catalog. Maybe \"gpt3-175b\".",
                "job.yaml:2:39: cluster.nodes is 0, but must be a whole number from 1 to 131072.",
                "job.yaml:2:42: cluster.fabrik is an unknown key, but must be one of parts, node, nodes, power_cap,"
                        + " fabric, degraded. Maybe fabric.",
                "job.yaml:3:11: training.global_batch is missing, but a whole number from 1 to 1073741824 is needed.",
                "job.yaml:3:46: training.precision is \"fp17\", but must be one of fp32, tf32, fp16, bf16, fp8, fp4."
                        + " Maybe fp16.",
                "job.yaml:4:34: strategy.recompute is \"yes\", but must be one of none, selective, full.",
                "job.yaml:4:49: strategy.sharding is \"zero\", but must be one of none, optimizer, gradients,"
                        + " parameters.",
                "job.yaml:6:25: site.ring_efficiency is 2, but must be a number from 0.001 to 1.",
                "job.yaml:7:1: tokens is an unknown key, but must be one of schema, extends, description, import, name,"
                        + " model, cluster, training, strategy, stack, site.");
    }

    @Test
    void rulesBetweenFields() throws Exception {
        expect(
                with("tensor: 8", "tensor: 6"),
                "job.yaml:12:11: strategy.tensor is 6, but must divide the 8 GPUs of a node (dgx-a100-80gb)."
                        + " Maybe 4 or 8.");
        expect(
                with("nodes: 128", "nodes: 40"),
                "job.yaml:5:10: cluster.nodes is 40, but with data auto the 320 GPUs of 40 x dgx-a100-80gb must be a"
                        + " multiple of tensor 8 x stages 16 = 128. Maybe 32 or 48.");
        expect(
                with("  micro_batch: 1\n", "  micro_batch: 7\n  data: 9\n"),
                "job.yaml:15:9: strategy.data is 9, but tensor 8 x stages 16 x data 9 = 1152 GPUs must fit the 1024"
                        + " GPUs of 128 x dgx-a100-80gb. Maybe 8.");
        expect(
                with("global_batch: 1536", "global_batch: 1530"),
                "job.yaml:9:17: training.global_batch is 1530, but must be a multiple of data x micro_batch = 8 x 1 ="
                        + " 8. Maybe 1528 or 1536.");
        expect(
                with("global_batch: 1536", "global_batch: 1544"),
                "job.yaml:13:36: strategy.pipeline.schedule is \"interleaved-1f1b\", but micro-batches must be a"
                    + " multiple of the 16 stages with schedule interleaved-1f1b, not 193. Maybe 1f1b with 1 chunk.");
        expect(
                with("sequence_length: 2048", "sequence_length: 4096"),
                "job.yaml:8:20: training.sequence_length is 4096, but must not exceed the 2048 positions of gpt3-175b."
                        + " Maybe 2048.");
        expect(
                with("precision: fp16", "precision: fp8"),
                "job.yaml:10:14: training.precision is \"fp8\", but a100-sxm-80gb multiplies no such matrices."
                        + " Maybe one of fp32, tf32, fp16, bf16.");
    }
}
