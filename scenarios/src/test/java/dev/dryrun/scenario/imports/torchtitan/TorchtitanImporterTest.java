// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.torchtitan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.scenario.imports.Effect;
import dev.dryrun.scenario.imports.OptionReport;
import dev.dryrun.scenario.imports.Trial;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TorchtitanImporterTest {
    private static Trial job(String file, long gpus) {
        return Trial.ofResource(new TorchtitanImporter(), file + ".toml", gpus);
    }

    private static Trial text(String toml, long gpus) {
        return Trial.of(new TorchtitanImporter(), "job.toml", toml, gpus);
    }

    private static Trial parallelism(String options) {
        return text("""
            [model]
            flavor = "8B"
            [training]
            local_batch_size = 16
            [parallelism]
            """ + options.replace("; ", "\n"), Trial.OPEN);
    }

    /// 512 GPUs less 1 x 1 make 512 replicas of 4 sequences; 1000 steps of 2048 sequences of 2048 tokens.
    @Test
    void filesOfTheFirstReleaseAreRead() {
        assertEquals("""
            model: llama2-7b
            training.sequence_length: 2048
            strategy.micro_batch: 4
            training.global_batch: 2048
            training.tokens: 4194304000
            training.precision: bf16
            training.optimizer: adamw
            strategy.tensor: 1
            strategy.data: 512
            strategy.sharding: parameters
            strategy.recompute: full\
            """, job("llama2-7b-2024", 512).draft());
    }

    /// A local batch of 8 in 8 micro-batches; eight slices of four layers over four ranks.
    @Test
    void pipelinesOf2024AreCutAtTheirSplitPoints() {
        Trial trial = job("llama3-8b-pipeline-2024", 32);
        assertEquals("""
            model: llama3-8b
            training.sequence_length: 4096
            strategy.micro_batch: 1
            training.global_batch: 8
            training.tokens: 16384000
            training.precision: bf16
            training.optimizer: adamw
            strategy.tensor: 8
            strategy.sequence_parallel: true
            strategy.data: 1
            strategy.sharding: none
            strategy.pipeline.stages: 4
            strategy.pipeline.schedule: interleaved-1f1b
            strategy.pipeline.chunks: 2
            strategy.recompute: selective\
            """, trial.draft());
        assertEquals("""
            training.compile
            experimental.enable_async_tensor_parallel
            activation_checkpoint.mode
            activation_checkpoint.selective_ac_option\
            """, trial.with(Effect.NOT_MODELLED));
    }

    /// 126 layers, embedding and head are 128 places, 8 for each of 16 slices.
    @Test
    void embeddingAndHeadCountAsLayers() {
        Trial trial = job("llama3-405b-2025", Trial.OPEN);
        assertEquals("true", trial.value("strategy.pipeline.embedding_slots"));
        assertEquals("32", trial.value("training.global_batch"));
        assertEquals("""
            compile.enable\
            """, trial.with(Effect.NOT_MODELLED));
    }

    @Test
    void copiesWithinGroupsAndFloat8() {
        Trial trial = job("llama3-70b-hsdp-2025", 512);
        assertEquals("128", trial.value("strategy.data"));
        assertEquals("fp8", trial.value("training.precision"));
        assertEquals("parameters", trial.value("strategy.sharding.what"));
        assertEquals("64", trial.value("strategy.sharding.group"));
        assertEquals("""
            model.converters
            float8.enable_fsdp_float8_all_gather\
            """, trial.with(Effect.NOT_MODELLED));
    }

    @Test
    void modelsWithExpertsAreWrittenInPlace() {
        Trial trial = job("deepseek-v3-671b-2025", 256);
        assertEquals("256", trial.value("model.experts.count"));
        assertEquals("1536", trial.value("model.latent_attention.query_rank"));
        assertEquals("32", trial.value("strategy.data"));
        assertEquals("32", trial.value("strategy.expert"));
        // 61 layers, embedding and head on 16 slices: 15 of 4 and one of 3, less one at either end
        assertEquals(
                "[3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 2]", trial.value("strategy.pipeline.layers_per_stage"));
        assertEquals("""
            parallelism.pipeline_parallel_schedule
            activation_checkpoint.mode\
            """, trial.with(Effect.NOT_MODELLED));
    }

    @Test
    void plainReplicasShareNothing() {
        Trial trial = job("qwen3-32b-ddp-2025", 128);
        assertEquals("none", trial.value("strategy.sharding"));
        assertEquals("16", trial.value("strategy.data"));
        assertEquals("fp32", trial.value("training.precision"));
        assertEquals("training.bogus_option", trial.with(Effect.NOT_MODELLED));
    }

    @Test
    void formatsAndFusionAreSaid() {
        Trial trial = text("""
            [model]
            converters = ["mx"]
            [training]
            mixed_precision_reduce = "bfloat16"
            dtype = "bfloat16"
            [optimizer]
            name = "AdamW"
            implementation = "for-loop"
            """, 8);
        assertEquals("mx", trial.value("training.scaling"));
        assertEquals("bf16", trial.value("training.reduce_in"));
        assertEquals("false", trial.value("training.master_weights"));
        assertEquals("false", trial.value("training.fused_optimizer"));
        assertEquals("current", job("llama3-70b-hsdp-2025", 512).value("training.scaling"));
    }

    /// torchtitan's own defaults: sequences of 2048, eight at once, FSDP over all GPUs, every second layer recomputed.
    @Test
    void anEmptyFileIsTheDefaultJob() {
        Trial trial = text("", 8);
        assertEquals("llama3-debugmodel", trial.value("model.name"));
        assertEquals("64", trial.value("training.global_batch"));
        assertEquals("parameters", trial.value("strategy.sharding"));
        assertEquals("every", trial.value("strategy.recompute.method"));
        assertEquals("2", trial.value("strategy.recompute.layers"));
        assertEquals("", trial.with(Effect.NOT_MODELLED));
    }

    @ParameterizedTest
    @CsvSource({
        "1F1B, 1f1b, open, 0",
        "GPipe, gpipe, open, 0",
        "Interleaved1F1B, interleaved-1f1b, 2, 0",
        "InterleavedZeroBubble, interleaved-1f1b, 2, 1",
        "LoopedBFS, looped-bfs, 2, 0",
        "ZBVZeroBubble, zb-v, 2, 0",
        "DualPipeV, dualpipe-v, 2, 1",
        "MySchedule, 1f1b, open, 1",
    })
    void schedules(String name, String schedule, String chunks, int gaps) {
        Trial trial = parallelism("pipeline_parallel_degree = 2; pipeline_parallel_schedule = \"" + name + "\"");
        assertEquals(schedule, trial.value("strategy.pipeline.schedule"));
        assertEquals(chunks, trial.value("strategy.pipeline.chunks"));
        assertEquals(
                gaps,
                trial.with(Effect.NOT_MODELLED)
                        .lines()
                        .filter(line -> line.endsWith("schedule"))
                        .count());
    }

    /// 34 places: of 4 each make 9 slices, which 3 ranks hold by threes.
    @ParameterizedTest
    @CsvSource({"4, 3, 3", "17, 1, open", "9, 2, 2"})
    void layersPerStageMakeChunks(int layers, int stages, String chunks) {
        Trial trial = parallelism("pipeline_parallel_schedule = \"Interleaved1F1B\"; pipeline_parallel_degree = "
                + stages + "; pipeline_parallel_layers_per_stage = " + layers);
        assertEquals("", trial.messages());
        assertEquals(chunks, trial.value("strategy.pipeline.chunks"));
    }

    /// 32 layers: embedding and head weigh one each unless said, 34 places on 4 ranks are 9 + 9 + 8 + 8; or by hand.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "4 |                                                                           | [8, 9, 8, 7]",
                "4 | pipeline_parallel_first_stage_less_layers = 0; pipeline_parallel_last_stage_less_layers = 2"
                        + " | [9, 9, 8, 6]",
                "4 | pipeline_parallel_first_stage_less_layers = 0; pipeline_parallel_last_stage_less_layers = 0 |"
                        + " open",
                "3 | pipeline_parallel_split_points = [\"layers.10\", \"layers.20\"]               | [10, 10, 12]",
                "2 | pipeline_parallel_split_points = [\"layers.16\"]                               | open"
            })
    void layersOfSlices(int stages, String options, String layers) {
        Trial trial = parallelism("pipeline_parallel_degree = " + stages + (options == null ? "" : "; " + options));
        assertEquals("", trial.messages());
        assertEquals(layers, trial.value("strategy.pipeline.layers_per_stage"));
        assertFalse(trial.with(Effect.NOT_MODELLED).contains("pipeline"), trial.with(Effect.NOT_MODELLED));
    }

    @Test
    void modulesOfSlicesAreCounted() {
        String first =
                IntStream.range(0, 15).mapToObj(i -> "\"layers." + i + "\"").collect(Collectors.joining(", "));
        String second = first.replace("layers.", "layers.1");
        String options = "pipeline_parallel_degree = 2; module_fqns_per_model_part = [[\"tok_embeddings\", " + first
                + "], [" + second + ", \"layers.30\", \"layers.31\", \"norm\", \"output\"]]";
        assertEquals("[15, 17]", parallelism(options).value("strategy.pipeline.layers_per_stage"));
    }

    /// FSDP shares a copy over the ranks of a sequence as well.
    @Test
    void sequencesAndExpertsOverRanks() {
        Trial trial = parallelism("data_parallel_replicate_degree = 2; data_parallel_shard_degree = 4;"
                + " context_parallel_degree = 2; expert_parallel_degree = 4");
        assertEquals("2", trial.value("strategy.context"));
        assertEquals("8", trial.value("strategy.data"));
        assertEquals("8", trial.value("strategy.sharding.group"));
        assertEquals("4", trial.value("strategy.expert"));
        assertEquals("1", trial.value("strategy.expert_tensor"));
        assertEquals("MODELLED: strategy.context", trial.note("parallelism.context_parallel_degree"));
    }

    @ParameterizedTest
    @CsvSource({
        "none, '', none, MODELLED",
        "full, '', full, MODELLED",
        "selective, 1, full, MODELLED",
        "selective, 2, full, MODELLED",
        "selective, op, selective, NOT_MODELLED",
        "memory_budget, '', selective, NOT_MODELLED",
    })
    void recomputation(String mode, String option, String recompute, String effect) {
        Trial trial = text(
                "[activation_checkpoint]\nmode = \"" + mode + "\"\n"
                        + (option.isEmpty() ? "" : "selective_ac_option = \"" + option + "\"\n"),
                8);
        assertEquals(recompute, trial.value("strategy.recompute"));
        assertTrue(trial.note("activation_checkpoint.mode").startsWith(effect + ": "));
    }

    @Test
    void accumulationInAPipelineRunsItDry() {
        String toml = """
            [training]
            local_batch_size = 8
            global_batch_size = %d
            [parallelism]
            data_parallel_shard_degree = 2
            pipeline_parallel_degree = 2
            """;
        assertTrue(text(toml.formatted(64), Trial.OPEN)
                .note("training.global_batch_size")
                .startsWith("NOT_MODELLED: the pipeline runs dry once a step, not after each of 4 local batches"));
        assertTrue(text(toml.formatted(16), Trial.OPEN)
                .note("training.global_batch_size")
                .startsWith("MODELLED"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "llama2-7b-2024",
                "llama3-8b-pipeline-2024",
                "llama3-70b-hsdp-2025",
                "llama3-405b-2025",
                "deepseek-v3-671b-2025",
                "qwen3-32b-ddp-2025",
            })
    void everyOptionIsAccountedForInOrder(String file) {
        Trial trial = job(file, Trial.OPEN);
        String toml = Trial.text(TorchtitanImporter.class, file + ".toml");
        long written = toml.lines()
                .filter(line -> line.contains(" = ") && !line.startsWith("#"))
                .mapToLong(line -> line.startsWith("model = {") ? 2 : 1)
                .sum();
        List<OptionReport> options = trial.imported().options().stream()
                .filter(option -> !option.note().startsWith("by default"))
                .toList();
        assertEquals(written, options.size());
        for (int i = 1; i < options.size(); i++) {
            assertTrue(options.get(i - 1).at().compareTo(options.get(i).at()) < 0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "llama2-7b-2024, 16, 'cluster: {node: dgx-a100-80gb, nodes: 2}'",
        "llama3-8b-pipeline-2024, 32, 'cluster: {node: dgx-h100, nodes: 4}'",
        "llama3-70b-hsdp-2025, 512, 'cluster: {node: dgx-h100, nodes: 64}'",
        "llama3-405b-2025, 128, 'cluster: {node: dgx-h100, nodes: 16}'",
    })
    void denseJobsAreSimulated(String file, long gpus, String cluster) {
        assertTrue(job(file, gpus).simulated(cluster + "\n").stepSeconds() > 0);
    }

    /// Where the table names an entry of the catalog, the entry is there.
    @Test
    void namedFlavorsAreInTheCatalog() {
        var catalog = new Catalog(List.of());
        new Flavors()
                .models()
                .values()
                .forEach(flavors -> flavors.values().forEach(model -> {
                    if (model.get("") instanceof String name) {
                        assertNotNull(catalog.find("models", name, new Problems()), name);
                    } else {
                        assertTrue(model.containsKey("layers") && model.containsKey("vocabulary"), model::toString);
                    }
                }));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[model]; flavor = '8b' | 16 | job.toml:2:1: model.flavor is \"8b\", but must be a flavor of llama3:"
                        + " debugmodel, 8B, 70B, 405B. Maybe \"8B\".",
                "[parallelism]; tensor_parallel_degree = 3 | 16 | job.toml:2:1: parallelism.tensor_parallel_degree is"
                        + " 3, but with the other degrees it makes 3, which must divide the 16 GPUs given.",
                "[parallelism]; data_parallel_shard_degree = 4 | 16 | job.toml:2:1:"
                    + " parallelism.data_parallel_shard_degree is 4, but with the other degrees it makes 4 GPUs, and"
                    + " 16 were given. Maybe 16.",
                "[parallelism]; data_parallel_shard_degree = 0 | 16 | job.toml:2:1:"
                        + " parallelism.data_parallel_shard_degree is 0, but must be -1 (what the others leave) or at"
                        + " least 1. Maybe -1.",
                "[training]; global_batch_size = 100 | 16 | job.toml:2:1: training.global_batch_size is 100, but must"
                        + " be a multiple of the local batch x replicas = 128. Maybe 128.",
                "[training]; seq_len = 'long' | 16 | job.toml:2:1: training.seq_len is \"long\", but must be a whole"
                        + " number from 1 to 134217728.",
                "[activation_checkpoint]; mode = 'some' | 16 | job.toml:2:1: activation_checkpoint.mode is \"some\","
                        + " but must be one of none, selective, full, memory_budget.",
                "[training; seq_len = 1 | 16 | job.toml:1:10: the file is not TOML (Unexpected end of line, expected"
                        + " ]), but must be valid TOML.",
                "[training]; steps = 1; steps = 2 | 16 | job.toml:3:1: the file is not TOML (steps previously defined"
                        + " at line 2, column 1), but must be valid TOML.",
            })
    void mistakesAreToldWithTheirPlaces(String toml, long gpus, String message) {
        assertEquals(message, text(toml.replace("; ", "\n") + "\n", gpus).messages());
    }

    @Test
    void whatIsNestedWithoutEndIsRefused() {
        String nested = "a = " + "[".repeat(5000) + "]".repeat(5000);
        assertEquals(
                "job.toml:1:1: the file is nested too deep, but must be a job file of torchtitan.",
                text(nested, 8).messages());
    }
}
