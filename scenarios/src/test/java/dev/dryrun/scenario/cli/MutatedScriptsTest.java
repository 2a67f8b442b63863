// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Whatever is done to a launch script, the program imports it or says what is wrong; it never fails by itself and it
/// always ends.
class MutatedScriptsTest {
    private static final int SCRIPTS = 3000;
    private static final List<String> PIECES = List.of(
            "\"",
            "'",
            "`",
            "$",
            "${",
            "}",
            "(",
            ")",
            "$(",
            "$((",
            "))",
            "((",
            "[[",
            "]]",
            "[",
            "]",
            "{",
            "\\",
            "\n",
            "\t",
            "#",
            ";",
            ";;",
            "&",
            "&&",
            "||",
            "|",
            "<",
            "<<EOF",
            ">",
            "=",
            "+=",
            "!",
            "if true; then",
            "else",
            "fi",
            "for",
            "do",
            "done",
            "while true; do",
            "case",
            "esac",
            "f() { f; }",
            "${A:-",
            "${#A[@]}",
            "${A[@]}",
            "$@",
            "$1",
            "-",
            "--",
            "0",
            "-1",
            "99999999999999999999",
            "1e9",
            "0x7f",
            "--num-layers",
            "--num-layers=",
            "--seq-length 0",
            "--tensor-model-parallel-size 7",
            "--num-experts",
            "--moe-layer-freq ([1]*9",
            "A=$A$A",
            "A=(",
            "eval",
            "bash -c",
            "exit",
            "return",
            "break",
            "source",
            "\r\n",
            "\u0007",
            "\ufffc",
            "\u00e4\u4e2d\ud83d\ude00");

    @TempDir
    private Path folder;

    private static List<String> originals() throws IOException {
        List<String> texts = new ArrayList<>();
        for (Path place : List.of(
                Path.of("..", "examples", "import"),
                Path.of("src/test/resources/dev/dryrun/scenario/imports/megatron"))) {
            try (Stream<Path> files = Files.list(place)) {
                for (Path file : files.filter(file -> file.toString().endsWith(".sh"))
                        .sorted()
                        .toList()) {
                    texts.add(Files.readString(file));
                }
            }
        }
        return texts;
    }

    @Test
    @Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void neverAStackTraceNorAnInternalError() throws Exception {
        List<String> originals = originals();
        int sound = 0;
        for (int seed = 0; seed < SCRIPTS; seed++) {
            var random = new SplittableRandom(seed);
            String text = originals.get(random.nextInt(originals.size()));
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                text = mutated(text, random);
            }
            Path file = Files.writeString(folder.resolve("train.sh"), text);
            String[] words = {"import", "megatron", file.toString(), "--node", "dgx-a100-80gb", "--strict"};
            if (random.nextBoolean()) {
                words[5] = "--json";
            }
            long begun = System.nanoTime();
            Run run = Run.of(words);
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
            String what = "seed " + seed + " => " + run.exitCode() + "\n" + run.err() + "\n" + text;
            assertTrue(run.exitCode() >= 0 && run.exitCode() <= 2, what);
            assertFalse(run.err().contains("\tat ") || run.err().contains("Exception"), what);
            assertTrue(seconds < 20, what);
            if (run.out().isEmpty()) {
                assertTrue(run.exitCode() == 2, what);
                assertTrue(run.err().lines().allMatch(line -> line.matches(".*train\\.sh:\\d+:\\d+: .*\\.")), what);
            } else {
                sound++;
            }
        }
        int imported = sound;
        assertTrue(imported > SCRIPTS / 10 && imported < SCRIPTS, () -> imported + " were imported");
    }

    private static String mutated(String text, SplittableRandom random) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        int at = random.nextInt(lines.size());
        String line = lines.get(at);
        int cut = random.nextInt(line.length() + 1);
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> lines.set(at, line.substring(0, cut) + pick(random) + line.substring(cut));
            case 3 -> lines.remove(at);
            case 4 -> lines.add(random.nextInt(lines.size()), line);
            case 5 -> lines.set(at, line.substring(0, cut));
            case 6 ->
                lines.set(
                        at,
                        line.replaceFirst(
                                "[0-9]+", pick(random).replace("\\", "").replace("$", "")));
            default -> lines.set(at, line.substring(0, cut) + line.substring(Math.min(line.length(), cut + 1)));
        }
        return String.join("\n", lines) + (random.nextInt(20) == 0 ? "" : "\n");
    }

    private static String pick(SplittableRandom random) {
        return PIECES.get(random.nextInt(PIECES.size()));
    }
}
