// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Scenarios with a block `import`.
class ImportedScenariosTest {
    private static final String SCRIPT = """
        torchrun --nproc_per_node 8 --nnodes ${NODES:-2} pretrain_gpt.py --num-layers 24 --hidden-size 1024 \\
            --num-attention-heads 16 --seq-length 1024 --max-position-embeddings 1024 --micro-batch-size 2 \\
            --global-batch-size 64 --vocab-size 50000 --fp16
        """;
    private static final String SCENARIO = """
        import: {megatron: scripts/train.sh}
        cluster: {node: dgx-a100-80gb, fabric: fat-tree}
        stack: megatron-2021
        site: selene
        """;

    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws Exception {
        Files.createDirectories(folder.resolve("scripts"));
        script(SCRIPT);
    }

    private void script(String text) throws Exception {
        Files.writeString(folder.resolve("scripts/train.sh"), text);
    }

    private Run simulate(String scenario, String... options) throws Exception {
        Path file = Files.writeString(folder.resolve("job.yaml"), scenario);
        String[] words = java.util.Arrays.copyOf(options, options.length + 2);
        words[options.length] = file.toString();
        words[options.length + 1] = "simulate";
        String first = words[0];
        words[0] = "simulate";
        words[options.length + 1] = first.equals("simulate") ? "--quiet" : first;
        return Run.of(words);
    }

    private void expect(String scenario, String... messages) throws Exception {
        Run run = simulate(scenario, "--json");
        assertEquals(String.join("\n", messages), run.err().strip().replace(folder + "/", ""));
        assertEquals(2, run.exitCode());
    }

    @Test
    void theScriptIsTheBaseOfTheScenario() throws Exception {
        Run run = simulate(SCENARIO, "--strict");
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().startsWith("job  gpt on 16 GPUs of 2"), run.out());
        assertTrue(run.out().contains("data 16\n  batch 64 of 1024 tokens, micro-batch 2"), run.out());
    }

    @Test
    void theScenariosOwnKeysAreLaidOverIt() throws Exception {
        Run run = simulate(
                SCENARIO.replace("fabric: fat-tree", "fabric: fat-tree, nodes: 4")
                        + "training: {global_batch: 128}\nstrategy: {micro_batch: 1, tensor: 2}\nmodel: {layers: 12}\n",
                "--strict");
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("on 32 GPUs of 4"), run.out());
        assertTrue(run.out().contains("tensor 2, data 16\n  batch 128 of 1024 tokens, micro-batch 1"), run.out());
    }

    @Test
    void theEnvironmentAndTheGpusAreGivenToTheScript() throws Exception {
        Run run = simulate(SCENARIO.replace("train.sh}", "train.sh, environment: {NODES: 1}}"), "--strict");
        assertTrue(run.out().contains("on 8 GPUs of 1"), run.out() + run.err());
        script(SCRIPT.replace("--nnodes ${NODES:-2} ", "--nnodes $HOSTS "));
        run = simulate(SCENARIO.replace("train.sh}", "train.sh, gpus: 32}"), "--json");
        assertTrue(run.out().contains("\"nodes\": 4"), run.out() + run.err());
    }

    @Test
    void whatIsNotModelledIsNotedAndCountsAsAssumed() throws Exception {
        script(SCRIPT.strip() + " --deterministic-mode\n");
        Run run = simulate(SCENARIO, "--strict");
        assertEquals(1, run.exitCode());
        assertTrue(
                run.err()
                        .replace(folder + "/", "")
                        .startsWith("note: scripts/train.sh:3:54: --deterministic-mode is not modelled: "),
                run.err());
        assertTrue(run.err().contains("are not modelled (--deterministic-mode)"), run.err());
    }

    @Test
    void theStackThatWasChosenIsAssumed() throws Exception {
        Run run = simulate(SCENARIO.replace("stack: megatron-2021\n", ""), "--strict");
        assertEquals(1, run.exitCode());
        assertTrue(run.err().contains("something was guessed: stack: te-2024, assumed because of torchrun"), run.err());
    }

    @Test
    void anExtendedScenarioMayImport() throws Exception {
        Files.writeString(folder.resolve("scripts/base.yaml"), SCENARIO.replace("scripts/", ""));
        Run run = simulate("extends: scripts/base.yaml\nstrategy: {micro_batch: 4}\n", "--strict");
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("micro-batch 4"), run.out());
    }

    @Test
    void problemsPointToWhereTheyWereWritten() throws Exception {
        script(SCRIPT.replace("--num-layers 24", "--num-layers 24 --tensor-model-parallel-size 3"));
        expect(
                SCENARIO + "training: {precision: fp8}\n",
                "job.yaml:5:23: training.precision is \"fp8\", but a100-sxm-80gb multiplies no such matrices. Maybe one"
                        + " of fp32, tf32, fp16, bf16.",
                "scripts/train.sh:1:111: strategy.tensor is 3, but must divide the 8 GPUs of a node (dgx-a100-80gb)."
                        + " Maybe 2 or 4.");
        script("torchrun 'x\n");
        expect(
                SCENARIO,
                "scripts/train.sh:1:10: the script is a quote that is never closed, but every ' needs its partner.");
        script(SCRIPT.replace("--vocab-size 50000", "--tokenizer-type HuggingFaceTokenizer"));
        expect(
                SCENARIO,
                "job.yaml:1:1: model.vocabulary is missing, but the imported file leaves it open: --tokenizer-type"
                        + " HuggingFaceTokenizer reads a file; entries before padding.");
    }

    /// 64 sequences on 16 GPUs are 4 for each; where the scenario cuts the model, the file's sizes are taken as they
    /// are.
    @Test
    void theClusterOfTheScenarioSaysHowManyGpusThereAre() throws Exception {
        String head = "import: {deepspeed: scripts/train.sh}\nmodel: gpt3-1.3b\ntraining: {sequence_length: 1024}\n";
        String nodes = "cluster: {node: dgx-a100-80gb, nodes: 2}\n";
        String refined = "cluster: {node: {extends: dgx-a100-80gb, gpus: 4}, nodes: 4}\n";
        script("{\"train_batch_size\": 64, \"fp16\": {\"enabled\": true}}");
        for (String cluster : new String[] {nodes, refined}) {
            Run run = simulate(head + cluster);
            assertEquals(0, run.exitCode(), run.err());
            assertTrue(run.out().contains("micro-batch 4"), run.out());
        }
        script("{\"train_batch_size\": 64, \"train_micro_batch_size_per_gpu\": 4, \"gradient_accumulation_steps\": 2,"
                + " \"fp16\": {\"enabled\": true}}");
        expect(
                head + nodes,
                "scripts/train.sh:1:22: train_batch_size is 64, but must be train_micro_batch_size_per_gpu 4 x"
                        + " gradient_accumulation_steps 2 x 16 replicas = 128. Maybe 128.");
        Run cut = simulate(head + nodes + "strategy: {tensor: 2}\n");
        assertEquals(0, cut.exitCode(), cut.err());
    }

    @Test
    void aMicroBatchThatTheFileLeavesOpenIsAskedFor() throws Exception {
        script("{\"train_batch_size\": 64, \"train_micro_batch_size_per_gpu\": \"auto\", \"bf16\": {\"enabled\":"
                + " true}}");
        String scenario = "import: {deepspeed: scripts/train.sh}\nmodel: gpt3-1.3b\ntraining: {sequence_length: 1024}\n"
                + "cluster: {node: {extends: dgx-a100-80gb, gpus: 4}, nodes: 4}\nstrategy: {tensor: 2}\n";
        assertTrue(simulate(scenario).err().contains("strategy.micro_batch is missing"));
        assertEquals(
                0, simulate(scenario.replace("tensor: 2", "micro_batch: 2")).exitCode());
    }

    @Test
    void aBlockThatIsWrongIsTold() throws Exception {
        expect(
                "import: {megatron: nowhere.sh, gpus: 0, enviroment: {}}\n",
                "job.yaml:1:20: import.megatron is \"nowhere.sh\", but must be a file, by its path from this one.",
                "job.yaml:1:38: import.gpus is 0, but must be a whole number from 1 to 262144.",
                "job.yaml:1:41: import.enviroment is an unknown key, but must be one of megatron, torchtitan,"
                        + " deepspeed, hf, environment, gpus. Maybe environment.");
        expect("import: train.sh\n", "job.yaml:1:9: import is \"train.sh\", but must be a mapping.");
    }
}
