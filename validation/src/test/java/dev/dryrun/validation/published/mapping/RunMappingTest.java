// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.strategy.job.Optimizer;
import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.Sharding;
import dev.dryrun.strategy.job.Training;
import dev.dryrun.strategy.layout.RankGrid;
import dev.dryrun.strategy.model.UniformDecoder;
import dev.dryrun.strategy.recompute.Recompute;
import dev.dryrun.validation.published.table.Column;
import dev.dryrun.validation.published.table.MeasuredRun;
import dev.dryrun.validation.published.table.Rows;
import dev.dryrun.validation.published.table.RunTable;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunMappingTest {
    private static final RunMapping MAPPING = new RunMapping(Rows.NAMES, Rows.MODELS);
    private static final RunTable TABLE = RunTable.builtIn();

    @Test
    void gpt3WithSelectiveRecomputation() {
        MappedRun.Simulable mapped = simulable(row("korthikanti-004"));
        var expected = new JobSketch(
                "korthikanti-004",
                "dgx-a100-80gb",
                8,
                null,
                8,
                "rail-optimised",
                new UniformDecoder(
                                "gpt3-175B",
                                96,
                                12_288,
                                96,
                                96,
                                128,
                                49_152,
                                false,
                                51_200,
                                128,
                                2_048,
                                false,
                                true,
                                true,
                                true)
                        .architecture(),
                new Training(2_048, 64, Precision.FP16, Optimizer.ADAM, OptionalDouble.empty()),
                new ParallelStrategy(
                        RankGrid.of(8, 8, 1),
                        true,
                        "interleaved-1f1b",
                        3,
                        false,
                        Sharding.NONE,
                        1,
                        Recompute.SELECTIVE),
                "megatron-2022",
                "selene",
                Set.of());
        assertEquals(expected, mapped.sketch());
        assertEquals(List.of("vocab 51200 (by architecture)"), mapped.assumed());
    }

    @Test
    void bloomCountsEmbeddingAndHeadAsLayers() {
        JobSketch sketch = simulable(row("bloom-176b-001")).sketch();
        assertEquals(48, sketch.nodes());
        assertEquals(new NodeNetwork(4, 50e9), sketch.network());
        assertEquals("jean-zay", sketch.site());
        assertEquals(Precision.BF16, sketch.training().precision());
        assertEquals(
                new ParallelStrategy(
                        RankGrid.of(4, 12, 8), false, "1f1b", 1, true, Sharding.OPTIMIZER, 2, Recompute.FULL),
                sketch.strategy());
        assertEquals(0, sketch.model().embedding().positions());
    }

    /// What a row says of the state of its machine room picks the room, whichever family it is of.
    @Test
    void aRoomThatRanBadlyIsAnother() {
        MappedRun.Simulable bad =
                simulable(Rows.with("site", "jean-zay", "notes", "2022-02-21; before a host binding fix"));
        assertEquals("jean-zay-before-binding-fix", bad.sketch().site());
        assertTrue(bad.assumed().contains("site jean-zay-before-binding-fix (by the row's notes)"));
        assertEquals(
                "selene",
                simulable(Rows.with("site", "selene", "notes", "before a host binding fix"))
                        .sketch()
                        .site());
        assertEquals(
                "jean-zay",
                simulable(Rows.with("site", "jean-zay", "notes", "2022-02-26"))
                        .sketch()
                        .site());
    }

    /// A step composed from traces has a vocabulary that is cut to the tensor group, and a head of its own.
    @Test
    void stepsComposedFromTracesAreSimulatedAsComposed() {
        String composed = "composed from profiled one-layer traces; not a timed step";
        MappedRun.Simulable mapped =
                simulable(Rows.with("vocab", "50257", "stack", "megatron-deepspeed", "notes", composed));
        assertEquals("megatron-deepspeed-profiled", mapped.sketch().stack());
        assertEquals(50_256, mapped.sketch().model().paddedVocabulary(8));
        assertFalse(mapped.sketch().model().tiedHead());
        assertEquals(
                List.of(
                        "vocabulary 50256 and a head of its own (composed from traces)",
                        "stack megatron-deepspeed-profiled (composed from traces)"),
                mapped.assumed());
        JobSketch timed = simulable(Rows.with("vocab", "50257", "stack", "megatron-deepspeed"))
                .sketch();
        assertEquals("megatron-deepspeed", timed.stack());
        assertEquals(51_200, timed.model().paddedVocabulary(8));
    }

    @Test
    void silentCellsAreFilledByRuleAndListed() {
        MappedRun.Simulable mapped = simulable(row("mcore-h100-weak-008"));
        assertEquals(
                new ParallelStrategy(
                        RankGrid.of(8, 8, 48),
                        true,
                        "interleaved-1f1b",
                        12,
                        false,
                        Sharding.OPTIMIZER,
                        1,
                        Recompute.NONE),
                mapped.sketch().strategy());
        assertEquals(
                List.of(
                        "ffn_hidden 65536 (4 hidden)",
                        "micro_batch 1 (one sequence)",
                        "vpp 12 (one layer a chunk)",
                        "sequence parallelism on (by stack)"),
                mapped.assumed());
        assertEquals(Set.of(OpenSetting.RECOMPUTATION), mapped.sketch().open());
    }

    @Test
    void tokensBecomeSequences() {
        MappedRun.Simulable mapped = simulable(
                Rows.with("global_batch", "131072", "global_batch_unit", "tokens (stated)", "seq_len", "2048"));
        assertEquals(64, mapped.sketch().training().globalBatch());
    }

    /// 100,000 tokens are 48.8 sequences of 2,048, of which four replicas take 12 each by threes, or 3 x 4 x 4.
    @Test
    void roundedTokensBecomeSequencesThatReplicasShare() {
        MappedRun.Simulable mapped = simulable(Rows.with(
                "global_batch", "100000", "global_batch_unit", "tokens", "pp", "2", "dp", "4", "micro_batch", "3"));
        assertEquals(48, mapped.sketch().training().globalBatch());
        assertTrue(mapped.assumed().contains("global_batch 48 sequences (100000 tokens are rounded)"));
    }

    @Test
    void hybridShardingSharesParametersInANode() {
        String[] cells = {"zero_or_fsdp", "HSDP", "stack", "torchtitan", "tp", "1", "pp", "1", "dp", "64"};
        assertEquals(
                8,
                simulable(Rows.with(cells))
                        .sketch()
                        .strategy()
                        .parameterSharding()
                        .group());
    }

    @Test
    void partsWithMoreMemoryAreTheSameChip() {
        MappedRun.Simulable mapped =
                simulable(Rows.with("hardware", "NVIDIA H100", "gpu_mem_gb", "96", "precision", "float8"));
        assertEquals("hgx-h100", mapped.sketch().node());
        assertEquals(Precision.FP8, mapped.sketch().training().precision());
        assertTrue(mapped.assumed().contains("gpu_mem_gb 80 (the largest of the catalog)"));
    }

    /// FSDP of llm-foundry: everything in bf16, or gradients in fp32 as they are reduced.
    @ParameterizedTest
    @CsvSource({"bf16 (FSDP PURE), 2", "bf16 autocast, 0"})
    void pureMixedPrecisionReducesIn16Bits(String precision, int reductionBytes) {
        MappedRun.Simulable mapped = simulable(Rows.with("precision", precision));
        assertEquals(Precision.BF16, mapped.sketch().training().precision());
        assertEquals(reductionBytes, mapped.sketch().training().numerics().reductionBytes());
    }

    /// The column says what ran; from 2024 on PyTorch has other kernels.
    @Test
    void eagerStacksAreToldByDate() {
        String[] cells = {"zero_or_fsdp", "FSDP", "stack", "fsdp-eager", "pp", "1", "dp", "8", "stack_date", ""};
        assertEquals("fsdp-eager", simulable(Rows.with(cells)).sketch().stack());
        cells[cells.length - 1] = "2024-03";
        assertEquals("fsdp-eager-2024", simulable(Rows.with(cells)).sketch().stack());
    }

    @Test
    void aBatchIsEightMicroBatchesWhereNoneIsStated() {
        MappedRun.Simulable mapped = simulable(Rows.with("global_batch", "", "pp", "2", "dp", "4", "micro_batch", "2"));
        assertEquals(64, mapped.sketch().training().globalBatch());
        assertTrue(mapped.assumed().contains("global_batch of 8 micro-batches of each replica (unstated)"));
    }

    /// Sharded parameters are gathered for each pass: whoever leaves the micro-batch open makes one of a replica's
    /// share.
    @Test
    void shardedParametersAreGatheredOnce() {
        JobSketch sketch = simulable(
                        Rows.with("zero_or_fsdp", "FSDP", "stack", "metaseq", "pp", "1", "dp", "8", "micro_batch", ""))
                .sketch();
        assertEquals(8, sketch.strategy().microBatch());
        assertEquals("metaseq", sketch.stack());
    }

    @Test
    void oneGpuUsesOneGpuOfANode() {
        JobSketch sketch = simulable(row("megatron-2020-001")).sketch();
        assertEquals(1, sketch.nodes());
        assertEquals(1, sketch.strategy().ranks());
        assertEquals("dgx-2", sketch.node());
        assertEquals(Recompute.FULL, sketch.strategy().recompute().kind());
    }

    /// What the words of the hardware column mean, and how many GPUs of how many nodes a job takes. A rack of 72 GPUs
    /// is one node of 18 trays of 4: a job takes as few as hold it, and equally many trays of each where that comes out
    /// even.
    @ParameterizedTest
    @CsvSource({
        "NVIDIA B200 (DGX B200),                          8,  64, dgx-b200,         8,  8",
        "NVIDIA Blackwell GPU (B200-SXM-180GB),           8,  64, dgx-b200,         8,  8",
        "NVIDIA B300 (DGX B300),                          8,  64, dgx-b300,         8,  8",
        "NVIDIA GB200 NVL72 (DGX GB200),                  4,  64, gb200-nvl72,     64,  1",
        "NVIDIA GB200 (NVL72),                            4, 128, gb200-nvl72,     64,  2",
        "NVIDIA GB200 (NVL72),                            4, 512, gb200-nvl72,     64,  8",
        "NVIDIA GB300 NVL72 (DGX GB300),                 72, 144, gb300-nvl72,     72,  2",
        "NVIDIA GB300 NVL72 (DGX GB300),                  4,  96, gb300-nvl72,     48,  2",
        "AMD Instinct MI250X,                             8,  64, frontier,         8,  8",
        "AMD Instinct MI325X,                             8,  64, mi325x-platform,  8,  8",
        "AMD Instinct MI355X,                             8,  64, mi355x-platform,  8,  8",
    })
    void machines(String words, String perNode, int gpus, String node, int used, int nodes) {
        JobSketch sketch = simulable(Rows.with(
                        "hardware",
                        words,
                        "gpu_mem_gb",
                        "",
                        "gpus_per_node",
                        perNode,
                        "tp",
                        "1",
                        "pp",
                        "1",
                        "n_gpus",
                        Integer.toString(gpus),
                        "dp",
                        Integer.toString(gpus),
                        "global_batch",
                        Integer.toString(gpus)))
                .sketch();
        assertEquals(node, sketch.node());
        assertEquals(used, sketch.nodeGpus());
        assertEquals(nodes, sketch.nodes());
    }

    @ParameterizedTest
    @CsvSource({
        "'NVLink/NVSwitch in the node; 800 Gb/s a node between nodes (source config)', 0, 100e9",
        "1600 Gbps node-node interconnect (RoCE), 0, 200e9",
        "'400 Gb/s between nodes, GPUDirect RDMA', 0, 50e9",
        "'4 ConnectX-6 HCAs per node, InfiniBand, two MQM8700-HS2R switches', 4, 100e9",
    })
    void statedNetworks(String words, int interfaces, double bytesPerSecond) {
        JobSketch sketch = simulable(Rows.with("interconnect", words)).sketch();
        assertEquals(new NodeNetwork(interfaces, bytesPerSecond), sketch.network());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Selene (NVLink/NVSwitch in node; HDR InfiniBand)",
                "NVSwitch in node",
                "single node",
                "NVLINK Gen4 900 GB/s + NVSWITCH Gen3; Compute: 8x ConnectX-7 IB NDR 400Gb/s, Management: 100Gb/s"
                        + " Ethernet NIC"
            })
    void usualNetworks(String words) {
        assertEquals(null, simulable(Rows.with("interconnect", words)).sketch().network());
    }

    /// Containers of one year differ in how they run experts.
    @ParameterizedTest
    @CsvSource({
        "NVIDIA H100,         te-2025, 2025-05, te-2025",
        "NVIDIA H100,         te-2025, 2025-09, te-2025-09",
        "NVIDIA GB200 NVL72,  te-2026, 2026-04, te-2026",
        "NVIDIA GB200 NVL72,  te-2026, 2026-06, te-2026-06",
        "NVIDIA B300,         te-2026, 2026-08, te-2026-06",
        "NVIDIA H100,         te-2026, 2026-08, te-2026",
    })
    void containersOfAYear(String hardware, String stated, String date, String stack) {
        MappedRun.Simulable mapped = simulable(Rows.with(
                "hardware", hardware, "gpu_mem_gb", "", "gpus_per_node", "", "stack", stated, "stack_date", date));
        assertEquals(stack, mapped.sketch().stack());
    }

    /// The rule for rows without a stack, by hardware, precision, sharding, sequence parallelism and date.
    @ParameterizedTest
    @CsvSource({
        "V100,       fp16, none,   no,  2020-08, megatron-2020",
        "A100,       fp16, none,   no,  2019-01, megatron-2020",
        "A100,       fp16, none,   no,  2021-04, megatron-2021",
        "A100,       fp16, none,   yes, 2021-04, megatron-2022",
        "A100,       fp16, none,   no,  '',      megatron-2022",
        "A100,       fp16, none,   no,  2024-01, megatron-2022",
        "A100,       fp16, ZeRO-1, no,  2022-03, megatron-deepspeed",
        "H100,       bf16, none,   no,  2023-03, te-2024",
        "H100,       bf16, ZeRO-1, no,  '',      te-2024",
        "A100,       bf16, ZeRO-3, no,  2023-08, fsdp-eager",
        "H100,       bf16, FSDP,   no,  2023-08, fsdp-eager-hopper",
        "A100,       bf16, FSDP,   no,  2024-03, fsdp-eager-2024",
        "H100,       bf16, FSDP,   no,  2025-01, fsdp-eager-2024-hopper",
        "AMD MI300X, fp8,  none,   no,  2025-05, rocm-te",
    })
    void stackByRule(String hardware, String precision, String sharding, String sequence, String date, String stack) {
        MappedRun.Simulable mapped = simulable(Rows.with(
                "hardware",
                hardware,
                "gpu_mem_gb",
                "",
                "gpus_per_node",
                "",
                "precision",
                precision,
                "zero_or_fsdp",
                sharding,
                "sequence_parallel",
                sequence,
                "stack",
                "",
                "stack_date",
                date));
        assertEquals(stack, mapped.sketch().stack());
        assertTrue(mapped.assumed().contains("stack " + stack + " (by hardware, precision, sharding and date)"));
    }

    @ParameterizedTest
    @CsvSource({
        "n_experts,        8,                no model of the catalog for \"GPT\"",
        "ep,               3,                experts over 3 ranks: must divide the 8 ranks of a stage",
        "model,            deepseekv2,       hidden is 12288; catalog/models/deepseek-v2.yaml has 5120",
        "hardware,         NVIDIA L40S,      no node of the catalog for hardware \"NVIDIA L40S\"",
        "model,            BERT-large,       hidden is 12288; catalog/models/bert-large.yaml has 1024",
        "stack,            colossal,         stack colossal is not in the catalog",
        "hidden,           '',               hidden is not stated",
        "micro_batch,      3,                global batch 64 is not a multiple of dp 1 x micro-batch 3",
        "gpus_per_node,    4,                no node with 4 A100",
        "recompute,        block,            recomputation \"block\"",
    })
    void whatCannotBeSimulatedIsNamed(String column, String cell, String reason) {
        MappedRun mapped = MAPPING.map(Rows.with(column, cell));
        String found = assertInstanceOf(MappedRun.Skipped.class, mapped).reason();
        assertTrue(found.contains(reason), found);
    }

    @Test
    void yearsAndSitesThatTheCatalogLacksHaveAStandIn() {
        MappedRun.Simulable mapped = simulable(Rows.with("hardware", "H100", "stack", "te-2030", "site", "elsewhere"));
        assertEquals("te-2026", mapped.sketch().stack());
        assertEquals("default", mapped.sketch().site());
        assertTrue(mapped.assumed().contains("stack te-2026 in place of te-2030 (not in the catalog)"));
        assertTrue(mapped.assumed().contains("default site in place of elsewhere (not in the catalog)"));
    }

    @Test
    void hugeNumbersAreRefusedNotOverflown() {
        String huge = "999999999";
        MappedRun mapped = MAPPING.map(Rows.with(
                "tp", huge, "pp", huge, "cp", huge, "n_gpus", huge, "dp", "", "hidden", huge, "ffn_hidden", ""));
        String reason = assertInstanceOf(MappedRun.Skipped.class, mapped).reason();
        assertTrue(reason.contains("tp x pp x cp x dp is not n_gpus 999999999"), reason);
    }

    /// What the words of the sharding column mean; SHARD_GRAD_OP of FSDP keeps layers whole until the backward pass.
    @ParameterizedTest
    @CsvSource({
        "none,                            NONE,       true",
        "ZeRO-1,                          OPTIMIZER,  true",
        "distributed optimizer,           OPTIMIZER,  true",
        "ZeRO-2,                          GRADIENTS,  true",
        "FSDP FULL_SHARD (~ZeRO-3),       PARAMETERS, true",
        "ZeRO-3,                          PARAMETERS, true",
        "HSDP,                            PARAMETERS, true",
        "FSDP SHARD_GRAD_OP (~ZeRO-2),    PARAMETERS, false",
    })
    void wordsOfSharding(String words, Sharding sharding, boolean reshards) {
        var strategy = simulable(Rows.with("zero_or_fsdp", words)).sketch().strategy();
        assertEquals(sharding, strategy.sharding());
        assertEquals(reshards, strategy.parameterSharding().reshardAfterForward());
    }

    /// Family and id are names only: with other names every row becomes the same job.
    @Test
    void familyAndIdAreNeverRead() {
        for (MeasuredRun run : TABLE.runs()) {
            Map<Column, String> cells = new EnumMap<>(run.cells());
            cells.put(Column.ID, "x");
            cells.put(Column.FAMILY, "y");
            MappedRun renamed = MAPPING.map(new MeasuredRun(run.file(), run.line(), cells));
            MappedRun mapped = MAPPING.map(run);
            assertEquals(mapped.assumed(), renamed.assumed());
            if (mapped instanceof MappedRun.Simulable(JobSketch sketch, List<String> ignored)) {
                JobSketch other =
                        assertInstanceOf(MappedRun.Simulable.class, renamed).sketch();
                assertEquals(sketch.strategy(), other.strategy());
                assertEquals(sketch.training(), other.training());
                assertEquals(
                        sketch.stack() + sketch.site() + sketch.node(), other.stack() + other.site() + other.node());
            } else {
                assertEquals(mapped, renamed);
            }
        }
    }

    /// Rows of the built-in table that become jobs, by family: a change here is a change of coverage.
    @Test
    void rowsThatBecomeJobs() {
        Map<String, Integer> jobs = new TreeMap<>();
        for (MeasuredRun run : TABLE.runs()) {
            if (MAPPING.map(run) instanceof MappedRun.Simulable) {
                jobs.merge(run.family(), 1, Integer::sum);
            }
        }
        Map<String, Integer> expected = new TreeMap<>();
        expected.put("bloom", 4);
        expected.put("bloom-prequel", 106);
        expected.put("dgxc-gpt3", 10);
        expected.put("dgxc-grok1", 24);
        expected.put("dgxc-llama3.1", 10);
        expected.put("dgxc-nemotron4", 32);
        expected.put("gpt-neox", 1);
        expected.put("ibm-fsdp", 4);
        expected.put("korthikanti", 8);
        expected.put("llm-foundry", 84);
        expected.put("llm.c", 4);
        expected.put("megatron-2020", 12);
        expected.put("megatron-bridge", 36);
        expected.put("megatron-core-h100", 9);
        expected.put("megatron-sc21", 10);
        expected.put("mlperf-amd", 4);
        expected.put("mlperf-gpt3", 10);
        expected.put("mt-nlg", 3);
        expected.put("nemo-24.07", 8);
        expected.put("nemo-long-sequence", 9);
        expected.put("opt", 1);
        expected.put("primus-amd", 3);
        expected.put("simumax-b200", 20);
        expected.put("vtrain-multi", 73);
        expected.put("vtrain-single", 720);
        assertEquals(expected, jobs);
    }

    private static MeasuredRun row(String id) {
        return TABLE.runs().stream()
                .filter(run -> run.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static MappedRun.Simulable simulable(MeasuredRun run) {
        return assertInstanceOf(MappedRun.Simulable.class, MAPPING.map(run));
    }
}
