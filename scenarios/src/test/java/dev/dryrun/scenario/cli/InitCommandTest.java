// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.scenario.schema.Editor;
import dev.dryrun.scenario.schema.FileSchema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitCommandTest {
    private static final List<String> SMALL = List.of(
            "--model",
            "gpt3-125m",
            "--node",
            "dgx-a100-80gb",
            "--nodes",
            "1",
            "--sequence-length",
            "1024",
            "--global-batch",
            "64");

    @TempDir
    private Path folder;

    private String file() {
        return folder.resolve("job.yaml").toString();
    }

    private static Run init(String file, List<String> options, String... more) {
        List<String> words = new ArrayList<>(List.of("init", file));
        words.addAll(options);
        words.addAll(List.of(more));
        return Run.of(words.toArray(String[]::new));
    }

    private static void assertSound(String file) throws Exception {
        assertEquals(List.of(), new Editor(FileSchema.SCENARIO).marks(Files.readString(Path.of(file))));
        Run run = Run.of("simulate", "--require-fit", "--quiet", file);
        assertEquals(0, run.exitCode(), run.err());
        assertFalse(run.out().contains("assumed  "), run.out());
    }

    @Test
    void optionsMakeAScenarioThatIsSimulatedAsItIs() throws Exception {
        Run run = init(file(), SMALL, "--tokens", "2.5e9");
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().startsWith(file() + ": tensor 1, pipeline 1, data 8, "), run.out());
        assertEquals("next: dryrun simulate " + file(), run.err().strip());
        assertSound(file());
        String text = Files.readString(Path.of(file()));
        assertTrue(text.contains("\nname: job\n"), "the name is that of the file");
        assertTrue(text.contains("\n  tokens: 2500e6 "), text);
    }

    @Test
    void theSameOptionsGiveTheSameBytes() {
        assertEquals(init("-", SMALL), init("-", SMALL));
        assertTrue(init("-", SMALL).out().contains("\nname: gpt3-125m\n"));
    }

    @Test
    void gpt3OnATableOfMachinesFits() throws Exception {
        Run run = init(
                file(),
                List.of(
                        "--model=gpt3-175b",
                        "--node=dgx-a100-80gb",
                        "--nodes=128",
                        "--sequence-length=2048",
                        "--global-batch=1536",
                        "--precision=fp16",
                        "--stack=megatron-2022",
                        "--site=selene"));
        assertEquals(0, run.exitCode(), run.err());
        assertSound(file());
    }

    @Test
    void whatFitsNowhereIsSaidAndNothingIsWritten() {
        Run run = init(
                file(),
                List.of(
                        "--model=megatron-1t",
                        "--node=dgx-a100-40gb",
                        "--nodes=1",
                        "--sequence-length=2048",
                        "--global-batch=64"));
        assertEquals(1, run.exitCode());
        assertTrue(run.err().startsWith("no strategy fits with a margin. The closest, tensor 8, "), run.err());
        assertFalse(Files.exists(Path.of(file())));
    }

    @Test
    void allThatIsMissingIsNamedAtOnce() {
        Run run = init(file(), List.of("--model", "gpt3-125m"));
        assertEquals(2, run.exitCode());
        assertEquals("""
            command line: --node is missing, but has to be known. Maybe one of those that dryrun catalog nodes lists.
            command line: --nodes is missing, but has to be known.
            command line: --sequence-length is missing, but has to be known.
            command line: --global-batch is missing, but has to be known.
            """, run.err());
    }

    @Test
    void allThatIsWrongIsToldAtOnceInTermsOfTheOptions() {
        Run run = init(
                file(),
                List.of(
                        "--model=gpt3-125",
                        "--node=dgx-a100-80gb",
                        "--nodes=two",
                        "--sequence-length=1e999",
                        "--global-batch={a: b}",
                        "--precision=fp17",
                        "--stack=megatron-2021",
                        "--recompute=all"));
        assertEquals(2, run.exitCode());
        assertEquals("""
            command line: --model is "gpt3-125", but no such model is in the catalog. Maybe "gpt3-125m".
            command line: --nodes is "two", but must be a whole number from 1 to 131072.
            command line: --sequence-length is "1e999", but must be a whole number from 1 to 4294967296.
            command line: --global-batch is "{a: b}", but must be a whole number from 1 to 1073741824.
            command line: --precision is "fp17", but must be one of fp32, tf32, fp16, bf16, fp8, fp4. Maybe fp16.
            command line: --recompute is "all", but must be one of none, selective, full. Maybe full.
            """, run.err());
    }

    @Test
    void aFileIsNotOverwrittenUnasked() throws Exception {
        Files.writeString(Path.of(file()), "mine");
        Run run = init(file(), SMALL);
        assertEquals(2, run.exitCode());
        assertEquals(
                file() + ":1:1: the file is there already, but must not be overwritten unasked. Maybe --force.",
                run.err().strip());
        assertEquals("mine", Files.readString(Path.of(file())));
        assertEquals(0, init(file(), SMALL, "--force").exitCode());
        assertSound(file());
        Run nowhere = init(folder.resolve("no").resolve("job.yaml").toString(), SMALL);
        assertEquals(2, nowhere.exitCode());
        assertTrue(nowhere.err().contains("is not writable"), nowhere.err());
    }

    @Test
    void jsonNamesTheFileAndHoldsTheScenario() {
        Run run = init(file(), SMALL, "--json");
        assertTrue(run.out().contains("\"schema\": \"dryrun/init/1\""), run.out());
        assertTrue(run.out().contains("\"model\": \"gpt3-125m\""), run.out());
    }

    /// A person who errs, asks what there is, takes defaults, and leaves the strategy open.
    @Test
    void aPersonIsAskedUntilTheAnswersAreRight() throws Exception {
        Run run = Run.typing("""
            gpt3-125
            gpt3-125m
            ?
            dgx-a100-80gb
            0
            1


            100

            1e9




            """, "init", file());
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(
                run.err().contains("model is \"gpt3-125\", but no such model is in the catalog. Maybe \"gpt3-125m\"."));
        assertTrue(run.err().contains("dgx-2, dgx-a100-40gb, dgx-a100-80gb, "), run.err());
        assertTrue(run.err().contains("cluster.nodes is 0, but must be a whole number"), run.err());
        assertTrue(run.err().contains("Tokens of a sequence [2048]: "), run.err());
        assertTrue(run.err().contains("Fabric between the nodes [single-node]: "), run.err());
        String text = Files.readString(Path.of(file()));
        assertTrue(text.contains("\n  sequence_length: 2048 "), text);
        assertTrue(text.contains("\n  global_batch: 100 "), text);
        assertTrue(text.contains("\n  precision: bf16\n"), text);
        assertSound(file());
    }

    @Test
    void aPersonMayDecideThePartsOfTheStrategyThatMatterToThem() throws Exception {
        Run run =
                Run.typing("gpt3-1.3b\ndgx-a100-80gb\n1\n\n\n64\n\n\n\n\nmaybe\nno\n3\n4\n\n\nfull\n", "init", file());
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.err().contains("yes or no, please"), run.err());
        assertTrue(run.err().contains("strategy.tensor is 3, but must divide the 8 GPUs"), run.err());
        String text = Files.readString(Path.of(file()));
        assertTrue(text.contains("\n  tensor: 4\n"), text);
        assertTrue(text.contains("\n  recompute: full "), text);
        assertSound(file());
    }

    @Test
    void onlyWhatIsMissingIsAsked() throws Exception {
        Run run = Run.typing(
                "64\n\n\n\n\n\n",
                "init",
                file(),
                "--model=gpt3-125m",
                "--node=dgx-h100",
                "--nodes=1",
                "--sequence-length=512",
                "--fabric=single-node");
        assertEquals(0, run.exitCode(), run.err());
        assertFalse(run.err().contains("Model"), run.err());
        assertSound(file());
        Run silent = Run.typing(
                "",
                "init",
                "-",
                "--model=gpt3-125m",
                "--node=dgx-h100",
                "--nodes=1",
                "--sequence-length=512",
                "--global-batch=64");
        assertEquals(0, silent.exitCode(), "nothing is asked where all is known: " + silent.err());
    }

    @Test
    void aPersonMayGoAway() {
        Run run = Run.typing("gpt3-125m\ndgx", "init", file());
        assertEquals(2, run.exitCode());
        assertTrue(run.err().endsWith("nothing was written\n"), run.err());
        assertFalse(Files.exists(Path.of(file())));
    }

    private static final List<String> WORDS = List.of(
            "",
            "0",
            "1",
            "2",
            "3",
            "7",
            "8",
            "64",
            "100000",
            "1e9",
            "1e308",
            "1e999",
            "-1",
            "0.5",
            "nan",
            "true",
            "auto",
            "none",
            "full",
            "bf16",
            "fp8",
            "gpt3-125m",
            "llama3-8b",
            "dgx-h100",
            "dgx-a100-40gb",
            "single-node",
            "fat-tree",
            "te-2025",
            "selene",
            "?",
            "yes",
            "no",
            "{a: b}",
            "[1]",
            "# x",
            "a: b",
            "\"",
            "'",
            "\\",
            "../x",
            "\u0000",
            "\u00e4\u4e2d\ud83d\ude00");

    /// Whatever is answered or given, the program writes a scenario that runs, says that nothing fits, or says what is
    /// wrong.
    @RepeatedTest(120)
    void neverAStackTraceNorAnInternalError(RepetitionInfo repetition) throws Exception {
        var random = new SplittableRandom(repetition.getCurrentRepetition());
        List<String> words = new ArrayList<>(List.of("init", file()));
        words.addAll(SMALL);
        for (int i = 0; i < 3; i++) {
            int at = 3 + 2 * random.nextInt((words.size() - 2) / 2);
            words.set(at, pick(random));
        }
        for (String option : List.of(
                "--fabric",
                "--precision",
                "--tokens",
                "--stack",
                "--site",
                "--name",
                "--tensor",
                "--stages",
                "--micro-batch",
                "--recompute")) {
            if (random.nextInt(6) == 0) {
                words.add(option + "=" + pick(random));
            }
        }
        if (random.nextBoolean()) {
            words.subList(2, 2 + 2 * random.nextInt(1, 6)).clear();
        }
        var typed = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            typed.append(random.nextInt(3) == 0 ? "" : pick(random)).append('\n');
        }
        Run run = Run.typing(typed.toString(), words.toArray(String[]::new));
        String what = words + "\n" + typed + "\n=> " + run.exitCode() + "\n" + run.err();
        assertTrue(run.exitCode() <= 2, what);
        assertFalse(run.err().contains("\tat ") || run.err().contains("Exception"), what);
        assertEquals(run.exitCode() == 0, Files.exists(Path.of(file())), what);
        if (run.exitCode() == 0) {
            assertSound(file());
        }
    }

    private static String pick(SplittableRandom random) {
        return WORDS.get(random.nextInt(WORDS.size()));
    }
}
