// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.scenario.imports.ScenarioDraft;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DraftTextTest {
    private static final Position HERE = new Position("here", 1, 1);

    @Test
    void blocksStandInTheOrderOfTheScenarioFileWithRemarksBesideOrAbove() {
        var draft = new ScenarioDraft();
        draft.set("strategy.tensor", 8L, HERE, "within a node");
        draft.set("strategy.pipeline.stages", 16L, HERE);
        draft.set("strategy.micro_batch", 1L, HERE, "word ".repeat(30).strip());
        draft.set("training.tokens", 300e9, HERE);
        draft.set("strategy.sequence_parallel", true, HERE);
        draft.set("model", "gpt3-175b", HERE);
        assertEquals("""
            # First line.
            #
            # Third line.
            model: gpt3-175b
            training:
              tokens: 300e9
            strategy:
              tensor: 8                             # within a node
              pipeline:
                stages: 16
              # word word word word word word word word word word word word word word word word word word word word word word word
              # word word word word word word word
              micro_batch: 1
              sequence_parallel: true
            """, DraftText.write(draft, List.of("First line.", "", "Third line.")));
    }

    /// A text is read back as that text, whatever it holds.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "a-b/c.yaml",
                "yes",
                "Null",
                "12",
                "1e3",
                "-",
                "# no comment",
                "a: b",
                "{a: b}",
                "[x",
                "&a",
                "*a",
                "!!x",
                "'single",
                "\"double",
                "back\\slash",
                "two\nlines",
                "tab\there",
                " spaces ",
                "\u00e4\u4e2d\ud83d\ude00",
                "\u2028",
                "%",
                "@",
                "`",
                "|",
                ">",
                "? x",
                "<<",
                "---",
                "\u0001"
            })
    void textsAreReadBack(String text) {
        var draft = new ScenarioDraft();
        draft.set("name", text, HERE);
        var problems = new Problems();
        assertEquals(
                text,
                Document.read("draft.yaml", DraftText.write(draft, List.of()), problems)
                        .root()
                        .plain()
                        .get("name"));
        assertTrue(problems.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 0.5, 2048, 999_999, 1e6, 300e9, 15e12, 1.5e12, 123_456_789, 1e22, 1e300, 1e-7, -3e9})
    void numbersAreReadBack(double number) {
        var draft = new ScenarioDraft();
        draft.set("tokens", number, HERE);
        Object read = Document.read("draft.yaml", DraftText.write(draft, List.of()), new Problems())
                .root()
                .plain()
                .get("tokens");
        assertEquals(number, ((Number) read).doubleValue());
    }
}
