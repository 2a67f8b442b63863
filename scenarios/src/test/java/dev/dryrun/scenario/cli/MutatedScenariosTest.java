// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;

/// Whatever is done to a scenario, the program answers or says what is wrong; it never fails by itself.
class MutatedScenariosTest {
    private static final String SOUND = """
        model: gpt3-125m
        cluster:
          node: {extends: dgx-a100-80gb, nic_bandwidth: 100 Gb/s}
          nodes: 2
          fabric: {type: fat-tree, oversubscription: 1.5}
        training:
          sequence_length: 512
          global_batch: 16
          precision: fp16
          tokens: 3e9
        strategy:
          tensor: 2
          sequence_parallel: false
          pipeline: {stages: 2, schedule: 1f1b, chunks: 1, embedding_slots: false}
          data: auto
          sharding: none
          micro_batch: 1
          recompute: full
        stack: {extends: megatron-2021, data_parallel: {overlap: true}}
        site: {extends: selene, ring_efficiency: 0.5}
        """;
    private static final List<String> WORDS = List.of(
            "0",
            "-1",
            "1",
            "2",
            "3",
            "4",
            "7",
            "8",
            "16",
            "64",
            "1000000",
            "1e9",
            "1e308",
            "1e999",
            "-0.0",
            "0.5",
            ".nan",
            ".inf",
            "null",
            "~",
            "true",
            "auto",
            "\"8\"",
            "''",
            "[]",
            "{}",
            "[1, 2]",
            "{a: b}",
            "5 GB",
            "5",
            "400 Gb/s",
            "-3 GB/s",
            "fp16",
            "fp8",
            "gpt3-125m",
            "interleaved-1f1b",
            "gpipe",
            "selective",
            "optimizer",
            "mi300x-platform",
            "&a x",
            "*a",
            "<<",
            "!!binary x",
            "? x",
            "|",
            ">",
            "%",
            "@",
            "`",
            "---",
            "...",
            "# x",
            "\u00e4\u4e2d\ud83d\ude00");

    @TempDir
    private Path folder;

    @RepeatedTest(400)
    void neverAStackTraceNorAnInternalError(RepetitionInfo repetition) throws Exception {
        String text = mutated(new SplittableRandom(repetition.getCurrentRepetition()));
        Path file = Files.writeString(folder.resolve("job.yaml"), text);
        Run run = Run.of("simulate", "--json", "--quiet", file.toString());
        String what = text + "\n=> " + run.exitCode() + "\n" + run.err();
        assertTrue(run.exitCode() == 0 || run.exitCode() == 2, what);
        assertFalse(run.err().contains("\tat ") || run.err().contains("Exception"), what);
        if (run.exitCode() == 2) {
            assertTrue(
                    run.err().lines().allMatch(line -> line.matches(".*job\\.yaml:\\d+:\\d+: .*\\.|catalog/.*")), what);
            assertEquals("", run.out());
        }
    }

    /// A scenario that is sound but for up to three random changes.
    static String mutated(SplittableRandom random) {
        String text = SOUND;
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            text = mutated(text, random);
        }
        return text;
    }

    private static String mutated(String text, SplittableRandom random) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        int at = random.nextInt(lines.size());
        String line = lines.get(at);
        int colon = line.lastIndexOf(": ");
        switch (random.nextInt(7)) {
            case 0, 1, 2 -> lines.set(at, (colon < 0 ? line : line.substring(0, colon)) + ": " + pick(random));
            case 3 -> lines.remove(at);
            case 4 -> lines.add(at, line);
            case 5 -> {
                int cut = random.nextInt(line.length() + 1);
                lines.set(at, line.substring(0, cut) + pick(random) + line.substring(cut));
            }
            default -> {
                int cut = random.nextInt(line.length());
                lines.set(at, line.substring(0, cut) + line.substring(cut + 1));
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private static String pick(SplittableRandom random) {
        return WORDS.get(random.nextInt(WORDS.size()));
    }
}
