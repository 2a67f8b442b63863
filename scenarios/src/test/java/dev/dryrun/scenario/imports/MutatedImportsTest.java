// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.InvalidInputException;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.scenario.imports.deepspeed.DeepSpeedImporter;
import dev.dryrun.scenario.imports.huggingface.HuggingFaceImporter;
import dev.dryrun.scenario.imports.torchtitan.TorchtitanImporter;
import dev.dryrun.scenario.spec.ScenarioReader;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Whatever is done to a file, an importer makes a draft of it or says what is wrong; it never fails by itself.
class MutatedImportsTest {
    private static final int FILES = 2500;
    private static final List<String> WORDS = List.of(
            "0",
            "-1",
            "1",
            "3",
            "7",
            "64",
            "1000000",
            "9223372036854775807",
            "99999999999999999999",
            "1e9",
            "1e308",
            "1e999",
            "-0.0",
            "0.5",
            "nan",
            "inf",
            "null",
            "true",
            "false",
            "\"auto\"",
            "\"8\"",
            "\"\"",
            "''",
            "[]",
            "{}",
            "[1, 2]",
            "[[\"a\"], [\"b\"]]",
            "{\"a\": {\"b\": 1}}",
            "{a = 1}",
            "\"none\"",
            "\"llama\"",
            "\"8B\"",
            "[\"float8\"]",
            "\"Interleaved1F1B\"",
            "1979-05-27",
            "\"\\ud800\"",
            "\u0000",
            "\t",
            "# x",
            "// y",
            "/* z",
            "*/",
            "\"",
            "'''",
            "\\",
            "[",
            "]]",
            "}",
            ",",
            ",,",
            ":",
            "=",
            ".",
            "[parallelism]",
            "[[x]]",
            "a.b.c = 1",
            "\uFEFF",
            "\u00e4\u4e2d\ud83d\ude00");

    private final ScenarioReader scenarios = new ScenarioReader(new Catalog(List.of()));

    @Test
    void torchtitan() {
        mutate(
                new TorchtitanImporter(),
                List.of(
                        "llama2-7b-2024.toml",
                        "llama3-8b-pipeline-2024.toml",
                        "llama3-405b-2025.toml",
                        "deepseek-v3-671b-2025.toml",
                        "qwen3-32b-ddp-2025.toml"));
    }

    @Test
    void deepSpeed() {
        mutate(
                new DeepSpeedImporter(),
                List.of(
                        "zero1-2020.json",
                        "zero2-offload-2020.json",
                        "bert-onebit-2021.json",
                        "bloom-2022.json",
                        "hf-trainer-zero3.json",
                        "zeropp-2024.json"));
    }

    @Test
    void huggingFace() {
        mutate(
                new HuggingFaceImporter(),
                List.of(
                        "llama-3-8b.json",
                        "gpt2.json",
                        "opt-350m.json",
                        "deepseek-v3.json",
                        "gpt-oss-20b.json",
                        "qwen3-30b-a3b.json",
                        "t5-v1.1-base.json",
                        "mpt-7b.json",
                        "falcon-7b.json"));
    }

    private void mutate(Importer importer, List<String> files) {
        int sound = 0;
        for (int seed = 0; seed < FILES; seed++) {
            var random = new SplittableRandom(seed);
            String file = files.get(random.nextInt(files.size()));
            String text = Trial.text(importer.getClass(), file);
            int changes = 1 + random.nextInt(3);
            for (int i = 0; i < changes; i++) {
                text = mutated(text, random);
            }
            String what = importer.name() + " seed " + seed + "\n" + text;
            long gpus = random.nextInt(3) == 0 ? Trial.OPEN : 1L << random.nextInt(12);
            try {
                Trial trial = Trial.of(importer, file, text, gpus);
                if (trial.problems().isEmpty()) {
                    sound++;
                    judge(trial, seed % 25 == 0, what);
                }
                trial.problems()
                        .all()
                        .forEach(problem -> assertEquals(file, problem.at().file(), what));
            } catch (RuntimeException | StackOverflowError e) {
                fail(what, e);
            }
        }
        int readable = sound;
        assertTrue(sound > FILES / 10 && sound < FILES, () -> readable + " of " + FILES + " were read");
    }

    /// A draft is one that can be written down; as a scenario it may still be wrong, which is told in the usual way.
    private void judge(Trial trial, boolean asScenario, String what) {
        trial.imported().options().forEach(option -> assertTrue(!option.option().isEmpty(), what));
        assertTrue(trial.imported().draft().values().keySet().stream().noneMatch(String::isBlank), what);
        if (!asScenario) {
            return;
        }
        try {
            var into = new Problems();
            scenarios.read(trial.over("cluster: {node: dgx-h100, nodes: 4}\n", into), into);
        } catch (InvalidInputException e) {
            assertTrue(!e.problems().isEmpty(), what);
        }
    }

    private static String mutated(String text, SplittableRandom random) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        if (lines.isEmpty()) {
            return pick(random);
        }
        int at = random.nextInt(lines.size());
        String line = lines.get(at);
        int sign = Math.max(line.indexOf(": "), line.indexOf(" = "));
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> {
                String end = line.endsWith(",") ? "," : "";
                lines.set(
                        at,
                        (sign < 0 ? line : line.substring(0, sign))
                                + (line.contains(" = ") ? " = " : ": ")
                                + pick(random)
                                + end);
            }
            case 3 -> lines.remove(at);
            case 4 -> lines.add(at, line);
            case 5 -> {
                int cut = random.nextInt(line.length() + 1);
                lines.set(at, line.substring(0, cut) + pick(random) + line.substring(cut));
            }
            case 6 -> {
                return text.substring(0, random.nextInt(text.length() + 1));
            }
            default -> {
                int cut = random.nextInt(line.length() + 1);
                lines.set(at, line.substring(0, cut) + line.substring(Math.min(line.length(), cut + 1)));
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private static String pick(SplittableRandom random) {
        return WORDS.get(random.nextInt(WORDS.size()));
    }
}
