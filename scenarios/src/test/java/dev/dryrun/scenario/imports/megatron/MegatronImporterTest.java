// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.megatron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.scenario.imports.Effect;
import dev.dryrun.scenario.imports.Imported;
import dev.dryrun.scenario.imports.OptionReport;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MegatronImporterTest {
    private static Imported script(String name) throws IOException {
        var problems = new Problems();
        Imported imported = Scripts.read(Scripts.text(name), Map.of(), OptionalLong.empty(), problems);
        assertTrue(problems.isEmpty(), () -> problems.all().toString());
        return imported;
    }

    private static void expect(Imported imported, Map<String, Object> values) {
        values.forEach((key, value) -> assertEquals(String.valueOf(value), Scripts.value(imported, key), key));
    }

    @Test
    void aLaunchOf2019() throws IOException {
        Imported imported = script("gpt2-8.3b-2019.sh");
        expect(
                imported,
                Map.of(
                        "model.layers",
                        72,
                        "strategy.tensor",
                        8,
                        "strategy.micro_batch",
                        8,
                        "strategy.data",
                        512 / 8,
                        "training.global_batch",
                        8 * 512 / 8,
                        "strategy.recompute",
                        "full",
                        "training.precision",
                        "fp16",
                        "training.tokens",
                        300_000L * 512 * 1024,
                        "cluster.nodes",
                        32,
                        "stack",
                        "megatron-2020"));
        assertEquals(List.of(), Scripts.notModelled(imported));
    }

    @Test
    void bloomOnDeepSpeed() throws IOException {
        Imported imported = script("bloom-176b-deepspeed.sh");
        expect(
                imported,
                Map.of(
                        "model.layers", 70,
                        "model.vocabulary", 250_880,
                        "model.vocabulary_multiple", 1,
                        "model.positions", 0,
                        "strategy.pipeline.embedding_slots", true,
                        "strategy.sharding", "optimizer",
                        "strategy.data", 8,
                        "training.tokens", 220_000_000L * 2048,
                        "cluster.nodes", 48,
                        "stack", "megatron-deepspeed"));
        assertTrue(Scripts.notModelled(imported).contains("--rampup-batch-size"));
        OptionReport layers = Scripts.report(imported, "--num-layers");
        assertEquals(new Position("train.sh", 50, 5), layers.at());
        assertEquals("70", layers.value());
        assertEquals(
                new Position("train.sh", 26, 9),
                imported.draft().get("model.layers").at());
    }

    @Test
    void aFunctionThatLaunchesTheSizeThatIsChosen() throws IOException {
        Imported imported = script("gpt-22b-selective-2022.sh");
        expect(
                imported,
                Map.of(
                        "model.layers", 48,
                        "model.hidden", 6144,
                        "strategy.tensor", 8,
                        "strategy.sequence_parallel", true,
                        "strategy.recompute", "selective",
                        "training.global_batch", 4,
                        "cluster.nodes", 1,
                        "stack", "megatron-2022"));
        var problems = new Problems();
        Imported large = Scripts.read(
                Scripts.text("gpt-22b-selective-2022.sh"), Map.of("1", "175b"), OptionalLong.empty(), problems);
        assertEquals("96", Scripts.value(large, "model.layers"));
        assertEquals("8", Scripts.value(large, "strategy.pipeline.stages"));
    }

    @Test
    void whatIsLeftOpenIsSaid() throws IOException {
        Imported imported = script("llama2-7b-torchrun.sh");
        assertEquals(
                Set.of("cluster.node", "cluster.nodes", "training.global_batch"),
                imported.draft().open().keySet());
        expect(
                imported,
                Map.of(
                        "model.ffn_hidden",
                        10_880,
                        "strategy.data",
                        "auto",
                        "strategy.tensor",
                        2,
                        "strategy.recompute.layers",
                        8));
        assertEquals(
                List.of("$EXTRA", "--nproc_per_node", "--nnodes", "--train-iters", "--num-layer", "--fancy-new-option"),
                Scripts.notModelled(imported));
        assertTrue(Scripts.report(imported, "--num-layer").note().endsWith("Maybe --num-layers"));
        assertEquals("7 8", Scripts.report(imported, "--fancy-new-option").value());
    }

    @Test
    void gpusThatTheUserSaysCloseTheGap() throws IOException {
        var problems = new Problems();
        Imported imported =
                Scripts.read(Scripts.text("llama2-7b-torchrun.sh"), Map.of(), OptionalLong.of(16), problems);
        expect(imported, Map.of("strategy.data", 8, "training.global_batch", 16));
        Imported nodes = Scripts.read(
                Scripts.text("llama2-7b-torchrun.sh"), Map.of("NUM_WORKERS", "4"), OptionalLong.empty(), problems);
        assertEquals("4", Scripts.value(nodes, "cluster.nodes"));
    }

    @Test
    void expertsAndLatentAttentionAreWrittenAndReported() throws IOException {
        Imported imported = script("deepseek-v3.sh");
        expect(
                imported,
                Map.of(
                        "model.experts.count", 256,
                        "model.experts.active", 8,
                        "model.experts.ffn_hidden", 2048,
                        "model.experts.shared_ffn_hidden", 2048,
                        "model.experts.dense_layers", 3,
                        "model.latent_attention.query_rank", 1536,
                        "model.latent_attention.key_value_rank", 512,
                        "model.latent_attention.rotary_dimension", 64,
                        "model.head_dimension", 128,
                        "training.precision", "fp8"));
        assertEquals(
                Effect.MODELLED,
                Scripts.report(imported, "--expert-model-parallel-size").effect());
        assertTrue(Scripts.notModelled(imported).contains("--pipeline-model-parallel-layout"));
    }

    /// Every option that stands in a script is accounted for.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "gpt2-8.3b-2019.sh",
                "bloom-176b-deepspeed.sh",
                "gpt-22b-selective-2022.sh",
                "llama2-7b-torchrun.sh",
                "deepseek-v3.sh"
            })
    void theReportNamesEveryOption(String name) throws IOException {
        Set<String> reported = new HashSet<>();
        script(name).options().forEach(option -> reported.add(option.option()));
        Matcher option = Pattern.compile("(?<=[\\s\"(])--[a-zA-Z][\\w-]*")
                .matcher(Scripts.text(name).replaceAll("#(?!SB).*", ""));
        while (option.find()) {
            boolean branch =
                    option.group().equals("--no-rope-fusion") || option.group().equals("--no-bias-swiglu-fusion");
            assertTrue(
                    branch || reported.contains(option.group()) || reported.contains("#SBATCH " + option.group()),
                    option.group());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--swiglu, model.ffn_hidden, 2688", // int(4 x 1024 x 2/3 / 64) x 64 = int(42.67) x 64
        "--swiglu, model.gated_mlp, true",
        "--ffn-hidden-size 3000, model.ffn_hidden, 3000",
        "--group-query-attention --num-query-groups 4, model.key_value_heads, 4",
        "--group-query-attention, model.key_value_heads, 1",
        "--num-query-groups 4, model.key_value_heads, absent",
        "--untie-embeddings-and-output-weights, model.tied_head, false",
        "--disable-bias-linear, model.biases, false",
        "--attention-dropout 0 --hidden-dropout 0.0, model.dropout, false",
        "--attention-dropout 0, model.dropout, absent",
        "--position-embedding-type rope, model.rotary, true",
        "--position-embedding-type rope, model.positions, absent",
        "--tokenizer-type NullTokenizer, model.vocabulary, 50001",
        "--pad-vocab-size-to 51200, model.vocabulary, 51200",
        "--bf16, training.precision, bf16",
        "--fp8-format hybrid, training.precision, fp8",
        "--fp8-format e4m3 --fp8-recipe blockwise, training.scaling, block",
        "--fp8-format e4m3 --fp8-recipe mxfp8, training.scaling, mx",
        "--fp8-format hybrid --fp8-recipe tensorwise, training.scaling, current",
        "--fp8-format hybrid --fp8-recipe delayed, training.scaling, absent",
        "--fp4-format e2m1, training.precision, fp4",
        "--optimizer dist_muon, training.optimizer, muon",
        "--optimizer-cpu-offload, strategy.offload.optimizer, host",
        "--optimizer sgd, training.optimizer, momentum",
        "--optimizer sgd --sgd-momentum 0.0, training.optimizer, sgd",
        "--train-iters 100, training.tokens, 6553600", // 100 x 64 x 1024
        "--train-samples 100, training.tokens, 102400",
        "--tensor-model-parallel-size 4, strategy.data, 4", // 16 GPUs
        "--pipeline-model-parallel-size 4 --num-layers-per-virtual-pipeline-stage 2, strategy.pipeline.chunks, 3",
        "--pipeline-model-parallel-size 4 --num-virtual-stages-per-pipeline-rank 2, strategy.pipeline.chunks, 2",
        "--pipeline-model-parallel-size 1 --num-layers-per-virtual-pipeline-stage 2, strategy.pipeline.chunks, absent",
        "--sequence-parallel, strategy.sequence_parallel, absent",
        "--tensor-model-parallel-size 2 --sequence-parallel, strategy.sequence_parallel, true",
        "--recompute-activations, strategy.recompute, selective",
        "--recompute-granularity full --recompute-method block --recompute-num-layers 0, strategy.recompute, none",
        "--checkpoint-activations, strategy.recompute, full",
        "--recompute-granularity full --recompute-method block --recompute-num-layers 5, strategy.recompute.layers, 5",
        "--recompute-granularity full --recompute-method block --recompute-num-layers 5, strategy.recompute.method,"
                + " block",
        "--recompute-granularity full --recompute-method uniform --recompute-num-layers 4, strategy.recompute.layers,"
                + " 4",
        "--recompute-granularity selective --recompute-modules mlp mla_up_proj, strategy.recompute.modules,"
                + " '[mlp, latent-up-projection]'",
        "--recompute-activations --recompute-modules core_attn, strategy.recompute.modules, absent",
        "--moe-layer-recompute, strategy.recompute.modules, [moe]",
        "--recompute-activations --moe-layer-recompute, strategy.recompute.modules, '[core-attention, moe]'",
        "--zero-stage 0, strategy.sharding, absent",
        "--zero-stage 1, strategy.sharding, optimizer",
        "--zero-stage 2, strategy.sharding, gradients",
        "--zero-stage 3, strategy.sharding, parameters",
        "--use-torch-fsdp2, strategy.sharding, parameters",
        "--use-distributed-optimizer --use-megatron-fsdp, strategy.sharding, parameters",
        "--use-distributed-optimizer, strategy.sharding, optimizer",
        "--micro-batch-size 4 --micro-batch-size=1, strategy.micro_batch, 1",
        "--transformer-impl transformer_engine, stack, te-2024",
        "--transformer-impl local, stack, megatron-2022",
        "--transformer-impl transformer_engine, stack.data_parallel.overlap, false",
        "--transformer-impl transformer_engine --overlap-grad-reduce, stack.data_parallel.overlap, absent",
        "--deepspeed, stack, megatron-deepspeed",
        "--recompute-modules core_attn, stack, te-2025",
        "--num-experts 8, model.experts.active, 2",
        "--num-experts 8 --moe-layer-freq 2, model.experts.every, 2",
        "--decoder-first-pipeline-num-layers 7 --decoder-last-pipeline-num-layers 7,"
                + " strategy.pipeline.embedding_slots, absent", // one stage
    })
    void optionsBecomeKeys(String options, String key, String value) {
        assertEquals(value, Scripts.value(Scripts.launch(options), key));
    }

    /// Without --tokenizer-type each program of Megatron-LM has its own: GPT-2's 50,257 tokens, or BERT's 30,522.
    @ParameterizedTest
    @CsvSource({
        "pretrain_gpt.py, 50257",
        "pretrain_gpt2.py, 50257",
        "pretrain_gpt_core.py, 50257",
        "pretrain_bert.py, 30522",
        "pretrain_t5.py, 30522",
        "pretrain_mamba.py, absent",
        "train.py, absent",
    })
    void aProgramHasItsUsualTokenizer(String program, String vocabulary) {
        String script = Scripts.small("--vocab-file vocab.json --merge-file merges.txt")
                .replace("pretrain_gpt.py", program)
                .replace("--vocab-size 50000", "");
        Imported imported = Scripts.read(script, Map.of(), OptionalLong.empty(), new Problems());
        assertEquals(vocabulary, Scripts.value(imported, "model.vocabulary"));
    }

    /// 22 layers on 3 stages, 7 + 8 + 7: as if embedding and head were layers, (22 + 2) / 3 = 8.
    @Test
    void unevenEndsOfThePipelineAreSlotsOfEmbeddingAndHead() {
        String ends = "--num-layers 22 --pipeline-model-parallel-size 3 --decoder-first-pipeline-num-layers 7"
                + " --decoder-last-pipeline-num-layers ";
        assertEquals("true", Scripts.value(Scripts.launch(ends + 7), "strategy.pipeline.embedding_slots"));
    }

    /// Layers of each block, chunk by chunk, by Megatron's rules: ends of their own and the rest shared; a layer's
    /// place for the embedding or the loss; or all written out. The first layout is the example of its documentation,
    /// with a layer in the place of its module for further tokens.
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "--num-layers 22 --pipeline-model-parallel-size 3 --decoder-first-pipeline-num-layers 7"
                        + " --decoder-last-pipeline-num-layers 6; [7, 9, 6]",
                "--num-layers 22 --pipeline-model-parallel-size 4 --decoder-last-pipeline-num-layers 4; [6, 6, 6, 4]",
                "--num-layers 10 --pipeline-model-parallel-size 2 --decoder-first-pipeline-num-layers 4"
                        + " --decoder-last-pipeline-num-layers 6; [4, 6]",
                "--num-layers 20 --pipeline-model-parallel-size 3 --decoder-first-pipeline-num-layers 4"
                        + " --num-virtual-stages-per-pipeline-rank 2; [2, 4, 4, 2, 4, 4]",
                "--num-layers 23 --pipeline-model-parallel-size 4 --account-for-embedding-in-pipeline-split;"
                        + " [5, 6, 6, 6]",
                "--num-layers 23 --pipeline-model-parallel-size 4 --account-for-loss-in-pipeline-split"
                        + " --num-layers-per-virtual-pipeline-stage 3; [3, 3, 3, 3, 3, 3, 3, 2]",
                "--num-layers 8 --pipeline-model-parallel-size 4 --pipeline-model-parallel-layout 'Et|t*3|(tt)*1|ttL';"
                        + " [1, 3, 2, 2]",
                "--num-layers 62 --pipeline-model-parallel-size 16 --pipeline-model-parallel-layout"
                    + " 'Ettt|(tt|)*29,t|L'; [3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2,"
                    + " 2, 2, 2, 2, 2, 2, 1, 0]"
            })
    void layersOfStagesAreListed(String options, String layers) {
        Imported imported = Scripts.launch(options);
        assertEquals(layers, Scripts.value(imported, "strategy.pipeline.layers_per_stage"));
        assertEquals("absent", Scripts.value(imported, "strategy.pipeline.embedding_slots"));
        assertTrue(
                Scripts.notModelled(imported).stream()
                        .noneMatch(option -> option.contains("pipeline") || option.contains("decoder")),
                Scripts.notModelled(imported).toString());
    }

    /// A layout says how many chunks there are; one that no scenario can hold is reported.
    @Test
    void aWrittenLayoutSaysTheChunks() {
        String pipeline = "--num-layers 8 --pipeline-model-parallel-size 2 --pipeline-model-parallel-layout ";
        Imported chunked = Scripts.launch(pipeline + "'Ett|tt|tt|ttL'");
        assertEquals("2", Scripts.value(chunked, "strategy.pipeline.chunks"));
        assertEquals("interleaved-1f1b", Scripts.value(chunked, "strategy.pipeline.schedule"));
        for (String odd : List.of("'Etttt|E|m|ttttL'", "\"[['embedding'],['decoder']*8]\"", "'(t)*99999*99999'")) {
            Imported other = Scripts.launch(pipeline + odd);
            assertEquals("absent", Scripts.value(other, "strategy.pipeline.layers_per_stage"), odd);
            assertTrue(Scripts.notModelled(other).contains("--pipeline-model-parallel-layout"), odd);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "--num-layers 22 --pipeline-model-parallel-size 4 --decoder-first-pipeline-num-layers 5;"
                        + " must leave layers that divide among the 3 other stages",
                "--num-layers 22 --pipeline-model-parallel-size 2 --decoder-first-pipeline-num-layers 4"
                        + " --decoder-last-pipeline-num-layers 4; with the other stage must make the 22 layers",
                "--num-layers 22 --pipeline-model-parallel-size 4 --account-for-loss-in-pipeline-split;"
                        + " must divide the 23 layers",
                "--num-layers 20 --pipeline-model-parallel-size 3 --decoder-first-pipeline-num-layers 2"
                        + " --num-virtual-stages-per-pipeline-rank 2; must divide among its 2 chunks",
                "--num-layers 8 --pipeline-model-parallel-size 4 --pipeline-model-parallel-layout 'Ett|tt|ttL';"
                        + " has 3 blocks, which must be a multiple of the 4 stages",
                "--num-layers 9 --pipeline-model-parallel-size 2 --pipeline-model-parallel-layout 'Etttt|ttttL';"
                        + " has 8 layers, and --num-layers is 9"
            })
    void layersThatStagesCannotHoldAreAProblem(String options, String message) {
        var problems = new Problems();
        Scripts.read(Scripts.small(options), Map.of(), OptionalLong.empty(), problems);
        assertEquals(1, problems.all().size(), problems.all().toString());
        assertTrue(
                problems.all().getFirst().message().contains(message),
                problems.all().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "--context-parallel-size 4, strategy.context, 4",
        "--ds-sequence-parallel-size 4, strategy.context, 4",
        "--context-parallel-size 1, strategy.context, absent",
        "--context-parallel-size 4 --cp-comm-type a2a, strategy.context_exchange, all-to-all",
        "--context-parallel-size 1 --cp-comm-type a2a, strategy.context_exchange, absent",
        "--context-parallel-size 4, strategy.data, 4", // 16 GPUs
        "--num-experts 8 --expert-model-parallel-size 4, strategy.expert, 4",
        "--num-experts 8 --expert-tensor-parallel-size 1, strategy.expert_tensor, 1",
        "--expert-model-parallel-size 4, strategy.expert, absent", // no experts
        "--use-tp-pp-dp-mapping, strategy.order, '[tensor, context, expert, pipeline, data]'",
    })
    void spreadsBecomeKeys(String options, String key, String value) {
        assertEquals(value, Scripts.value(Scripts.launch(options), key));
    }

    @ParameterizedTest
    @CsvSource({
        "--context-parallel-size 2, --context-parallel-size, MODELLED",
        "--context-parallel-size 1, --context-parallel-size, NO_EFFECT_ON_TIME",
        "--recompute-granularity full --recompute-method uniform --recompute-num-layers 1, --recompute-num-layers,"
                + " MODELLED",
        "--recompute-granularity full --recompute-method uniform --recompute-num-layers 4, --recompute-num-layers,"
                + " MODELLED",
        "--use-torch-fsdp2 --recompute-granularity full --recompute-method uniform --recompute-num-layers 4,"
                + " --recompute-num-layers, NOT_MODELLED",
        "--recompute-granularity full --recompute-method block --recompute-num-layers 24, --recompute-num-layers,"
                + " MODELLED",
        "--recompute-granularity full --recompute-method block --recompute-num-layers 23, --recompute-num-layers,"
                + " MODELLED",
        "--context-parallel-size 2 --cp-comm-type a2a+p2p, --cp-comm-type, NOT_MODELLED",
        "--disable-bias-linear --normalization rmsnorm, --normalization, MODELLED",
        "--disable-bias-linear --normalization RMSNorm, --normalization, MODELLED",
        "--disable-bias-linear --normalization LayerNorm, --normalization, NOT_MODELLED",
        "--zero-stage 3, --zero-stage, MODELLED",
        "--optimizer muon, --optimizer, MODELLED",
        "--optimizer soap, --optimizer, NOT_MODELLED",
        "--fp8-format hybrid --fp8-recipe custom, --fp8-recipe, NOT_MODELLED",
        "--lr 1e-4, --lr, NO_EFFECT_ON_TIME",
        "--no-such-option, --no-such-option, NOT_MODELLED",
        "--recompute-activations --recompute-modules moe_act, --recompute-modules, MODELLED",
        "--recompute-activations --recompute-modules moe_act router, --recompute-modules, NOT_MODELLED",
        "--train-iters $ITERATIONS, --train-iters, NOT_MODELLED",
        "--save $DIRECTORY, --save, NO_EFFECT_ON_TIME",
    })
    void effectsFollowValues(String options, String name, Effect effect) {
        assertEquals(effect, Scripts.report(Scripts.launch(options), name).effect());
    }

    @Test
    void wrongValuesAreToldTogetherWhereTheyAreWritten() {
        var problems = new Problems();
        String text = "LAYERS=twelve\n" + Scripts.small("--num-layers $LAYERS --hidden-size 0 --micro-batch-size");
        Scripts.read(text, Map.of(), OptionalLong.empty(), problems);
        assertEquals(
                List.of(
                        "train.sh:1:8: --num-layers is \"twelve\", but must be a whole number from 1 to 10000.",
                        "train.sh:2:270: --hidden-size is \"0\", but must be a whole number from 1 to 1048576.",
                        "train.sh:2:272: --micro-batch-size is without a value, but must be a whole number from 1 to"
                                + " 1073741824."),
                problems.all().stream().map(Object::toString).toList());
    }

    @Test
    void aScriptThatLaunchesNothingIsRefused() {
        var problems = new Problems();
        Scripts.read("python tools/preprocess_data.py --vocab-file x\n", Map.of(), OptionalLong.empty(), problems);
        assertTrue(problems.all().getFirst().message().contains("without a launch of Megatron-LM"));
    }
}
