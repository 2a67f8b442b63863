// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.hardware.catalog.Problems;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DraftYamlTest {
    private static final Position HERE = new Position("train.sh", 3, 7);

    @Test
    void blocksStandInTheirOrderWithRemarksAndGaps() {
        var draft = new ScenarioDraft();
        draft.set("strategy.pipeline.stages", 4L, HERE, "--pipeline-model-parallel-size");
        draft.set("strategy.tensor", 8L, HERE, "--tensor-model-parallel-size");
        draft.set("training.sequence_length", 2048L, HERE, "--seq-length");
        draft.set("model", "gpt3-175b", HERE);
        draft.set("stack", "te-2024", HERE, "assumed");
        draft.set("stack.data_parallel.overlap", false, HERE, "no --overlap-grad-reduce");
        draft.leaveOpen("cluster.node", "no script names it");
        draft.leaveOpen("training.sequence_length", "never asked for, because it is set");
        assertEquals("""
            # from train.sh
            model: gpt3-175b
            cluster:
              # node: ...                           # fill in: no script names it
              # nodes: ...                          # fill in: how many; --nodes N or --gpus N
            training:
              sequence_length: 2048                 # --seq-length
              # global_batch: ...                   # fill in: the file does not say it; --global-batch N
              # precision: ...                      # fill in: the file does not say it; --precision NAME
            strategy:
              tensor: 8                             # --tensor-model-parallel-size
              pipeline:
                stages: 4                           # --pipeline-model-parallel-size
            stack:
              extends: te-2024                      # assumed
              data_parallel:
                overlap: false                      # no --overlap-grad-reduce
            """, DraftYaml.write(draft, List.of("from train.sh")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "yes",
                "No",
                "null",
                "1f1b",
                "12",
                "0x1f",
                "1e5",
                ".inf",
                "nan",
                "a: b",
                "a #b",
                "- a",
                "\"q\"",
                "it's",
                "back\\slash",
                "tab\there",
                "line\nbreak",
                "\u0000\u001b",
                "\u00e4\u4e2d\ud83d\ude00",
                "\u2028",
                "*a",
                "&a",
                "!t",
                "%d",
                "@x",
                "`x`",
                "{a}",
                "[a]",
                "a,b",
                "?",
                "|",
                ">",
                "trail ",
                "12:30:45",
                "2026-11-01"
            })
    void everyTextReadsBackAsItself(String text) {
        assertEquals(text, readBack(text));
    }

    @RepeatedTest(300)
    void anyTextReadsBackAsItself(RepetitionInfo repetition) {
        var random = new SplittableRandom(repetition.getCurrentRepetition());
        var text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            int c = random.nextInt(4) > 0 ? 32 + random.nextInt(95) : random.nextInt(0x11000);
            text.appendCodePoint(Character.getType(c) == Character.SURROGATE ? 'x' : c);
        }
        if (!text.toString().equals("~")) { // which the reader takes for nothing, even in quotes
            assertEquals(text.toString(), readBack(text.toString()));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 0.5, 2048, 999_999, 1e6, 300e9, 15e12, 1.5e12, 123_456_789, 1e22, 1e300, 1e-7, -3e9})
    void numbersAreReadBack(double number) {
        var draft = new ScenarioDraft();
        draft.set("tokens", number, HERE);
        Object read = Document.read("draft.yaml", DraftYaml.write(draft, List.of()), new Problems())
                .root()
                .plain()
                .get("tokens");
        assertEquals(number, ((Number) read).doubleValue());
    }

    @Test
    void listsStandInALine() {
        var draft = new ScenarioDraft();
        draft.set("strategy.order", List.of("tensor", "data", "no"), HERE);
        draft.set("strategy.pipeline.layers_per_stage", List.of(7L, 8L), HERE);
        String text = DraftYaml.write(draft, List.of());
        assertTrue(text.contains("layers_per_stage: [7, 8]\n"), text);
        Object strategy =
                Document.read("draft.yaml", text, new Problems()).root().plain().get("strategy");
        assertEquals(List.of("tensor", "data", "no"), ((Map<?, ?>) strategy).get("order"));
    }

    @Test
    void longRemarksStandAboveTheirLineAndLargeNumbersAreShort() {
        var draft = new ScenarioDraft();
        draft.set("training.tokens", 300e9, HERE);
        draft.set("strategy.micro_batch", 1L, HERE, "word ".repeat(30).strip());
        String text = DraftYaml.write(draft, List.of("First line.", "", "Third line."));
        assertTrue(text.startsWith("# First line.\n#\n# Third line.\n"), text);
        assertTrue(text.contains("\n  tokens: 300e9\n"), text);
        assertTrue(text.contains("\n  # word word"), text);
        assertTrue(text.contains(" word\n  micro_batch: 1\n"), text);
        assertTrue(text.lines().allMatch(line -> line.length() <= 120), text);
    }

    private static Object readBack(String text) {
        var draft = new ScenarioDraft();
        draft.set("name", text, HERE, text);
        var problems = new Problems();
        Document document = Document.read("x.yaml", DraftYaml.write(draft, List.of(text)), problems);
        assertTrue(problems.isEmpty(), () -> problems.all() + "\n" + document.text());
        return String.valueOf(document.root().plain().get("name"));
    }

    @Test
    void whatIsTakenOutIsGoneWithAllBelowIt() {
        var draft = new ScenarioDraft();
        draft.set("model.layers", 4L, HERE);
        draft.set("models", "x", HERE);
        draft.leaveOpen("model.hidden", "open");
        draft.remove("model");
        assertFalse(draft.has("model"));
        assertTrue(draft.has("models"));
        assertTrue(draft.open().isEmpty());
    }
}
