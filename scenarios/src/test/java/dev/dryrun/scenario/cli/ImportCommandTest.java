// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportCommandTest {
    private static final String SCRIPT = """
        GPUS_PER_NODE=8
        ARGS="
            --num-layers 24 --hidden-size 1024 --num-attention-heads 16
            --seq-length 1024 --max-position-embeddings 1024
            --micro-batch-size 2 --global-batch-size 64
            --vocab-size 50000 --fp16 --lr 1e-4"
        torchrun --nproc_per_node $GPUS_PER_NODE --nnodes $NODES pretrain_gpt.py $ARGS MORE
        """;

    @TempDir
    private Path folder;

    private String script(String more) throws Exception {
        Path file = Files.writeString(folder.resolve("train.sh"), SCRIPT.replace("MORE", more));
        return file.toString();
    }

    private String told(Run run) {
        return run.err().replace(folder + "/", "");
    }

    @Test
    void theScenarioGoesToOneStreamAndTheReportToTheOther() throws Exception {
        Run run = Run.of("import", "megatron", script("--standalone-embedding-stage"), "--env", "NODES=2");
        assertEquals(0, run.exitCode());
        assertTrue(run.out().contains("\nschema: dryrun/scenario/1\nname: train\nmodel:\n  family: gpt"), run.out());
        assertTrue(run.out().contains("\n  # node: ...  "), run.out());
        assertTrue(run.out().contains("\n  nodes: 2   "), run.out());
        assertTrue(told(run).startsWith("not modelled (1)\n  train.sh:7:80: --standalone-embedding-stage "), told(run));
        assertTrue(run.err().contains("\nfill in cluster.node: the machine of 8 GPUs"), run.err());
        assertFalse(run.err().contains("cluster.nodes:"), run.err());
    }

    @Test
    void aFileIsNotOverwrittenUnlessForced() throws Exception {
        String target = folder.resolve("job.yaml").toString();
        String[] words = {"import", "megatron", script(""), "--nodes", "2", "--node", "dgx-a100-80gb", "-o", target};
        assertEquals(0, Run.of(words).exitCode());
        String written = Files.readString(Path.of(target));
        Run again = Run.of(words);
        assertEquals(2, again.exitCode());
        assertTrue(again.err().contains("the file is there already. Maybe --force."), again.err());
        String[] forced = java.util.Arrays.copyOf(words, words.length + 1);
        forced[words.length] = "--force";
        assertEquals(0, Run.of(forced).exitCode());
        assertEquals(written, Files.readString(Path.of(target)));
        Run simulated = Run.of("simulate", target);
        assertEquals(0, simulated.exitCode(), simulated.err());
        assertTrue(simulated.out().contains("on 16 GPUs of 2"), simulated.out());
    }

    @Test
    void strictRefusesWhatIsNotModelled() throws Exception {
        String sound = script("");
        assertEquals(
                0,
                Run.of("import", "megatron", sound, "--env", "NODES=2", "--strict")
                        .exitCode());
        assertEquals(1, Run.of("import", "megatron", sound, "--strict").exitCode());
        assertEquals(
                1,
                Run.of("import", "megatron", script("--deterministic-mode"), "--env", "NODES=2", "--strict")
                        .exitCode());
    }

    @Test
    void problemsOfTheScenarioPointIntoTheScript() throws Exception {
        Run run = Run.of(
                "import",
                "megatron",
                script("--tensor-model-parallel-size 3"),
                "--env",
                "NODES=3",
                "--node",
                "dgx-a100-80gb",
                "--quiet");
        assertEquals(2, run.exitCode());
        assertEquals(
                "train.sh:7:109: strategy.tensor is 3, but must divide the 8 GPUs of a node (dgx-a100-80gb)."
                        + " Maybe 2 or 4.",
                told(run).strip());
        assertTrue(run.out().contains("tensor: 3"), run.out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--model gpt3-1.3b | model: gpt3-1.3b",
                "--sequence-length 512 | '  sequence_length: 512'",
                "--global-batch 128 | '  global_batch: 128'",
                "--precision bf16 | '  precision: bf16'",
                "--stack te-2025 | stack: te-2025",
                "--site selene | site: selene",
                "--fabric rail-optimised | '  fabric: rail-optimised'",
                "--nodes 4 | '  data: 32'",
                "--gpus 32 | '  nodes: 4'",
                "--gpus 32 | '  data: 32'",
            })
    void optionsFillGapsAndReplace(String options, String line) throws Exception {
        String[] more = options.split(" ");
        Run run = Run.of("import", "megatron", script("--site-unknown"), "--node", "dgx-a100-80gb", more[0], more[1]);
        assertTrue(("\n" + run.out()).contains("\n" + line + " "), run.out() + run.err());
    }

    private Run config(String kind, String text, String... more) throws Exception {
        Path file = Files.writeString(folder.resolve("job.conf"), text);
        String[] words = java.util.Arrays.copyOf(new String[] {"import", kind, file.toString()}, 3 + more.length);
        System.arraycopy(more, 0, words, 3, more.length);
        return Run.of(words);
    }

    /// Two nodes of 8 GPUs are 16: 64 sequences are 4 for each, and 4 x 2 on 16 replicas are 128, not 64.
    @Test
    void nodesOfAMachineAreANumberOfGpus() throws Exception {
        String[] cluster = {"--node", "dgx-a100-80gb", "--nodes", "2"};
        String micro =
                config("deepspeed", "{\"train_batch_size\": 64}", cluster).out();
        assertTrue(micro.contains("\n  micro_batch: 4 "), micro);
        assertTrue(micro.contains("\n  data: 16 "), micro);
        String triple = "{\"train_batch_size\": 64, \"train_micro_batch_size_per_gpu\": 4,"
                + " \"gradient_accumulation_steps\": 2}";
        Run wrong = config("deepspeed", triple, cluster);
        assertEquals(2, wrong.exitCode());
        assertEquals(config("deepspeed", triple, "--gpus", "16").err(), wrong.err());
        assertTrue(wrong.err().contains("x 16 replicas = 128"), wrong.err());
        String sharded = config(
                        "torchtitan",
                        "[model]\nname = \"llama3\"\nflavor = \"8B\"\n[training]\nlocal_batch_size = 1\n"
                                + "[parallelism]\ndata_parallel_shard_degree = -1\ntensor_parallel_degree = 4\n",
                        cluster)
                .out();
        assertTrue(sharded.contains("\n  data: 4 "), sharded);
        assertTrue(sharded.contains("\n  global_batch: 4 "), sharded);
    }

    @Test
    void jsonHasAllOfIt() throws Exception {
        Run run = Run.of("import", "megatron", script("--deterministic-mode"), "--env", "NODES=2", "--json");
        assertEquals(0, run.exitCode());
        assertEquals("fill in cluster.node: the machine of 8 GPUs, which no script names; --node NAME", fills(run));
        for (String part : new String[] {
            "\"schema\": \"dryrun/import/1\"",
            "\"kind\": \"megatron\"",
            "\"layers\": 24",
            "\"fill_in\": {\n    \"cluster.node\"",
            "\"not_modelled\": 1",
            "\"option\": \"--deterministic-mode\",\n      \"value\": \"\",\n      \"effect\": \"not-modelled\""
        }) {
            assertTrue(run.out().contains(part), part + " in " + run.out());
        }
    }

    @Test
    void aMicroBatchThatTheFileLeavesOpenIsAGap() throws Exception {
        String auto = "{\"train_batch_size\": 64, \"train_micro_batch_size_per_gpu\": \"auto\"}";
        Run open = config("deepspeed", auto);
        assertTrue(open.err().contains("fill in strategy.micro_batch: "), open.err());
        Run given = config("deepspeed", auto, "--micro-batch", "2", "--recompute", "full");
        assertFalse(given.err().contains("fill in strategy.micro_batch"), given.err());
        assertTrue(given.out().contains("\n  micro_batch: 2 "), given.out());
        assertTrue(given.out().contains("\n  recompute: full "), given.out());
    }

    private static String fills(Run run) {
        int at = run.out().indexOf("\"cluster.node\": \"") + "\"cluster.node\": \"".length();
        return "fill in cluster.node: " + run.out().substring(at, run.out().indexOf('"', at));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "megatorn | train.sh | command line: kind is \"megatorn\", but no files of such a kind are read."
                        + " Maybe \"megatron\".",
                "megatron | absent.sh | absent.sh:1:1: the file is absent, but must exist and be readable.",
                "megatron | . | .:1:1: the file is a folder, but must be a file.",
            })
    void badInputIsTold(String kind, String file, String message) throws Exception {
        script("");
        String path =
                file.equals(".") ? folder.toString() : folder.resolve(file).toString();
        Run run = Run.of("import", kind, path);
        assertEquals(2, run.exitCode());
        assertEquals(message, told(run).replace(folder.toString(), ".").strip());
        assertEquals("", run.out());
    }

    @Test
    void textInWhatIsNoTextIsRefused() throws Exception {
        Path file = folder.resolve("train.sh");
        Files.write(file, new byte[] {'r', 'u', 'n', 0, (byte) 0xff});
        assertTrue(Run.of("import", "megatron", file.toString()).err().contains("is not text"));
        Files.writeString(file, "run \0\n");
        assertTrue(Run.of("import", "megatron", file.toString()).err().contains("is not text"));
        Files.writeString(file, "x".repeat((1 << 20) + 1));
        assertTrue(Run.of("import", "megatron", file.toString()).err().contains("must be under 1 MiB"));
    }

    /// Options are looked at before the file is, also where gaps remain.
    @Test
    void wrongOptionsAreToldAtOnce() {
        Run run = Run.of(
                "import",
                "hf",
                "../examples/import/config.json",
                "--node",
                "dgx-h10",
                "--precision",
                "bf17",
                "--gpus",
                "-1");
        assertEquals(2, run.exitCode());
        assertEquals("", run.out());
        assertEquals("""
            command line: --node is "dgx-h10", but no such entry is among the nodes. Maybe "dgx-h100".
            command line: --precision is "bf17", but must be one of fp32, tf32, fp16, bf16, fp8, fp4. Maybe bf16.
            command line: --gpus is -1, but must be at least 1.
            """, run.err());
    }
}
