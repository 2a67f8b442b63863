// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.deepspeed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.scenario.imports.Effect;
import dev.dryrun.scenario.imports.OptionReport;
import dev.dryrun.scenario.imports.Trial;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeepSpeedImporterTest {
    private static Trial config(String file, long gpus) {
        return Trial.ofResource(new DeepSpeedImporter(), file + ".json", gpus);
    }

    private static Trial text(String json, long gpus) {
        return Trial.of(new DeepSpeedImporter(), "ds_config.json", json, gpus);
    }

    private static Trial text(String json) {
        return text(json, Trial.OPEN);
    }

    private static String json(String train, String micro, String steps) {
        return "{" + entry("train_batch_size", train) + entry("train_micro_batch_size_per_gpu", micro)
                + entry("gradient_accumulation_steps", steps) + "\"steps_per_print\": 10}";
    }

    private static String entry(String key, String value) {
        return value.equals("-") ? "" : "\"" + key + "\": " + value + ",";
    }

    /// train = micro x steps x replicas; where only one of the first two is given, steps is 1.
    @ParameterizedTest
    @CsvSource({
        "64, 4, 2, 8, 64, 4, 8",
        "64, 4, -, 8, 64, 4, 8",
        "64, -, 2, 8, 64, 4, 8",
        "-, 4, 2, 8, 64, 4, 8",
        "64, -, -, 8, 64, 8, 8",
        "-, 4, -, 8, 32, 4, 8",
        "64, 4, 2, 0, 64, 4, 8",
        "64, 4, -, 0, 64, 4, open",
        "64, -, 2, 0, 64, open, open",
        "-, 4, 2, 0, open, 4, open",
    })
    void batchSizesFollowFromEachOther(
            String train, String micro, String steps, long gpus, String global, String microBatch, String data) {
        Trial trial = text(json(train, micro, steps), gpus);
        assertEquals("", trial.messages());
        assertEquals(global, trial.value("training.global_batch"));
        assertEquals(microBatch, trial.value("strategy.micro_batch"));
        assertEquals(data, trial.value("strategy.data"));
    }

    @ParameterizedTest
    @CsvSource({
        "64, 4, 2, 16, must be train_micro_batch_size_per_gpu 4 x gradient_accumulation_steps 2 x 16 replicas = 128."
                + " Maybe 128.",
        "100, 4, -, 8, must be a multiple of train_micro_batch_size_per_gpu 4 x 8 replicas = 32. Maybe 96.",
        "100, -, 2, 8, must be a multiple of gradient_accumulation_steps 2 x 8 replicas = 16. Maybe 96.",
        "100, -, -, 8, must be a multiple of 8 replicas = 8. Maybe 96.",
        "100, 4, 3, 0, must be a multiple of train_micro_batch_size_per_gpu x gradient_accumulation_steps = 12. Maybe"
                + " 96.",
    })
    void batchSizesThatContradictEachOtherAreAProblem(
            String train, String micro, String steps, long gpus, String rule) {
        assertEquals(
                "ds_config.json:1:22: train_batch_size is " + train + ", but " + rule,
                text(json(train, micro, steps), gpus).messages());
    }

    @Test
    void oneOfTheBatchSizesIsNeeded() {
        assertEquals(
                "ds_config.json:1:1: train_batch_size is missing, but it or train_micro_batch_size_per_gpu is needed.",
                text(json("-", "-", "4"), 8).messages());
    }

    /// Replicas are what tensor groups and stages leave of the GPUs.
    @Test
    void degreesDivideTheGpus() {
        String json = "{\"train_micro_batch_size_per_gpu\": 2, \"tensor_parallel\": {\"autotp_size\": 4},"
                + " \"pipeline\": {\"stages\": 2}}";
        Trial trial = text(json, 64);
        assertEquals("8", trial.value("strategy.data"));
        assertEquals("16", trial.value("training.global_batch"));
        assertEquals(
                "ds_config.json:1:74: tensor_parallel.autotp_size is 4, but with all degrees it makes replicas of 8"
                        + " GPUs, which must divide the 60 GPUs given.",
                text(json, 60).messages());
    }

    /// Ulysses: the ranks that share a sequence are no replicas.
    @Test
    void sequencesAreSharedByRanks() {
        Trial trial = text("{\"train_micro_batch_size_per_gpu\": 2, \"sequence_parallel_size\": 4}", 64);
        assertEquals("4", trial.value("strategy.context"));
        assertEquals("16", trial.value("strategy.data"));
        assertEquals("MODELLED: strategy.context", trial.note("sequence_parallel_size"));
    }

    @ParameterizedTest
    @CsvSource({
        "0, none, MODELLED",
        "1, optimizer, MODELLED",
        "2, gradients, MODELLED",
        "3, parameters, MODELLED",
    })
    void stagesOfZero(int stage, String sharding, String effect) {
        Trial trial = text("{\"train_batch_size\": 8, \"zero_optimization\": {\"stage\": " + stage + "}}");
        assertEquals(sharding, trial.value("strategy.sharding"));
        assertTrue(trial.note("zero_optimization.stage").startsWith(effect + ": "));
    }

    @ParameterizedTest
    @CsvSource({
        "'\"fp16\": {\"enabled\": true}', fp16, 0",
        "'\"bf16\": {\"enabled\": true}', bf16, 0",
        "'\"bfloat16\": {\"enabled\": true}, \"fp16\": {\"enabled\": false}', bf16, 0",
        "'\"amp\": {\"enabled\": true}', fp16, 1",
        "'\"torch_autocast\": {\"enabled\": true, \"dtype\": \"bfloat16\"}', bf16, 1",
        "'\"steps_per_print\": 1', fp32, 0",
        "'\"fp16\": {\"enabled\": \"auto\"}', open, 1",
    })
    void precisionIsWhatIsEnabled(String block, String precision, int gaps) {
        Trial trial = text("{\"train_batch_size\": 8, " + block + "}");
        assertEquals(precision, trial.value("training.precision"));
        assertEquals(
                gaps,
                trial.with(Effect.NOT_MODELLED)
                        .lines()
                        .filter(line -> line.endsWith("enabled"))
                        .count());
    }

    @ParameterizedTest
    @CsvSource({
        "'\"fp16\": {\"enabled\": true}', training.loss_scaling, true",
        "'\"bf16\": {\"enabled\": true, \"check_grad_overflow\": true}', training.loss_scaling, true",
        "'\"bf16\": {\"enabled\": true, \"bf16_master_weights_and_grads\": true, \"bf16_optimizer_states\": true}',"
                + " training.master_weights, false",
        "'\"bf16\": {\"enabled\": true}, \"communication_data_type\": \"fp32\"', training.reduce_in, fp32",
        "'\"optimizer\": {\"type\": \"Adam\", \"params\": {\"torch_adam\": true}}', training.fused_optimizer, false",
    })
    void formatsAndFusionAreSaid(String block, String key, String value) {
        assertEquals(value, text("{\"train_batch_size\": 8, " + block + "}").value(key));
    }

    @Test
    void twoPrecisionsAreAProblem() {
        assertEquals(
                "ds_config.json:1:82: bf16.enabled is true, but must be off where fp16.enabled is on. Maybe false.",
                text("{\"train_batch_size\": 8, \"fp16\": {\"enabled\": true},           \"bf16\": {\"enabled\":"
                                + " true}}")
                        .messages());
    }

    @ParameterizedTest
    @CsvSource({
        "'\"type\": \"AdamW\"', adamw, MODELLED",
        "'\"type\": \"SGD\"', sgd, MODELLED",
        "'\"type\": \"SGD\", \"params\": {\"momentum\": 0.9}', momentum, MODELLED",
        "'\"type\": \"OneBitAdam\"', adam, NOT_MODELLED",
        "'\"type\": \"Lamb\"', adam, NOT_MODELLED",
        "'\"type\": \"Muon\"', muon, MODELLED",
        "'\"type\": \"Prodigy\"', adam, NOT_MODELLED",
    })
    void optimizers(String block, String optimizer, String effect) {
        Trial trial = text("{\"train_batch_size\": 8, \"optimizer\": {" + block + "}}");
        assertEquals(optimizer, trial.value("training.optimizer"));
        assertTrue(trial.note("optimizer.type").startsWith(effect + ": "));
    }

    @Test
    void whatTheTrainerFillsInIsOpen() {
        Trial trial = config("hf-trainer-zero3", 16);
        assertEquals("""
            strategy.data: 16
            training.optimizer: adamw
            strategy.sharding: parameters
            stack.extends: megatron-deepspeed
            stack.data_parallel.overlap: true
            strategy.offload.optimizer: host\
            """, trial.draft());
        assertEquals("""
            fp16.enabled
            bf16.enabled
            zero_optimization.reduce_bucket_size
            gradient_accumulation_steps
            train_batch_size
            train_micro_batch_size_per_gpu\
            """, trial.with(Effect.NOT_MODELLED));
        assertEquals(
                "NOT_MODELLED: open: filled in when the job starts, give strategy.micro_batch",
                trial.note("train_micro_batch_size_per_gpu"));
    }

    /// The first format of ZeRO: a flag, its size beside it.
    @Test
    void filesOf2020AreRead() {
        Trial trial = config("zero1-2020", 128);
        assertEquals("""
            strategy.data: 128
            training.global_batch: 1024
            strategy.micro_batch: 4
            training.precision: fp16
            training.loss_scaling: true
            training.optimizer: adam
            strategy.sharding: optimizer
            stack.extends: megatron-deepspeed
            stack.data_parallel.overlap: false\
            """, trial.draft());
        assertEquals("", trial.with(Effect.NOT_MODELLED));
        assertEquals(
                "MODELLED: strategy.offload.optimizer",
                config("zero2-offload-2020", 64).note("zero_optimization.cpu_offload"));
    }

    @Test
    void bucketsAndOverlapGoToTheStack() {
        Trial trial = config("zero2-offload-2020", 64);
        assertEquals("true", trial.value("stack.data_parallel.overlap"));
        assertEquals("50000000", trial.value("stack.data_parallel.bucket_parameters"));
        assertEquals("fp32", config("bloom-2022", 8).value("stack.gradients.format"));
    }

    @Test
    void whatIsNotModelledIsNamedAndUnknownKeysToo() {
        assertEquals("""
            optimizer.type
            curriculum_learning.enabled
            curriculum_learning.curriculum_type
            curriculum_learning.min_difficulty
            curriculum_learning.max_difficulty
            curriculum_learning.schedule_type
            sparse_attention.mode
            amp.enabled
            my_own_key\
            """, config("bert-onebit-2021", 256).with(Effect.NOT_MODELLED));
        assertEquals(
                "NOT_MODELLED: unknown, maybe gradient_clipping",
                text("{\"train_batch_size\": 8, \"gradient_cliping\": 1.0}").note("gradient_cliping"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zero1-2020",
                "zero2-offload-2020",
                "bert-onebit-2021",
                "bloom-2022",
                "hf-trainer-zero3",
                "zeropp-2024",
            })
    void everyKeyIsAccountedFor(String file) {
        Trial trial = config(file, Trial.OPEN);
        assertEquals("", trial.messages());
        String json = Trial.text(DeepSpeedImporter.class, file + ".json");
        List<String> keys = Document.readJson("ds_config.json", json, new Problems()).leaves().stream()
                .map(leaf -> String.join(".", leaf.path()))
                .toList();
        List<String> reported =
                trial.imported().options().stream().map(OptionReport::option).toList();
        assertEquals(keys, reported.subList(0, keys.size()));
    }

    /// The file says nothing of the sequence length, which joins the block `training` that it begins.
    @ParameterizedTest
    @CsvSource({
        "zero1-2020, 16, 4, 16",
        "zero2-offload-2020, 16, 8, 16",
        "bloom-2022, 8, 2, 8",
        "zeropp-2024, 16, 32, 4"
    })
    void whatIsCompleteIsSimulated(String file, long gpus, long microBatch, int replicas) {
        Trial trial = config(file, gpus);
        trial.imported().draft().set("training.sequence_length", 1024L, Position.startOf("here"));
        if (trial.imported().draft().has("strategy.offload.optimizer")) {
            // What the host can do is in no such file.
            trial.imported().draft().set("strategy.offload.host_update_bandwidth", "20 GB/s", Position.startOf("here"));
        }
        String rest = "model: gpt3-1.3b\ncluster: {node: dgx-a100-80gb, nodes: 2}\n";
        var strategy = trial.scenario(rest).job().strategy();
        assertEquals(microBatch, strategy.microBatch());
        assertEquals(replicas, strategy.data());
        assertTrue(trial.simulated(rest).stepSeconds() > 0);
    }

    @Test
    void commentsAndCommasThatHjsonAllowsAreToldOneByOne() {
        assertEquals("""
            ds_config.json:2:3: a comment: has no place in JSON. Maybe delete it.
            ds_config.json:3:24: a comma before a closing bracket: has no place in JSON. Maybe delete it.
            ds_config.json:3:26: a comment: has no place in JSON. Maybe delete it.\
            """, text("""
                {
                  // ours
                  "train_batch_size": 8, # all
                }
                """).messages());
    }
}
