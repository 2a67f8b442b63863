// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.print.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.validation.published.mapping.RunMapping;
import dev.dryrun.validation.published.measure.Prediction;
import dev.dryrun.validation.published.measure.Predictor;
import dev.dryrun.validation.published.measure.Scoreboard;
import dev.dryrun.validation.published.measure.Scoring;
import dev.dryrun.validation.published.table.MeasuredRun;
import dev.dryrun.validation.published.table.Rows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ScoreboardPageTest {
    @Test
    void standsAlone() {
        String page = ScoreboardPage.write(board(Rows.with("id", "a")), List.of());
        assertTrue(page.contains("Licensed to the Apache Software Foundation"), "the charts' licence is in the page");
        assertFalse(
                Pattern.compile("(src|href)=[\"'](https?:)?//").matcher(page).find());
        assertEquals(3, Pattern.compile("</script>").matcher(page).results().count());
    }

    /// What a source or a model is called is text, whatever is in it.
    @Test
    void textOfTheTableIsNoMarkup() {
        String evil = "</script><script>alert(1)</script>";
        String page = ScoreboardPage.write(board(Rows.with("id", "a", "source", evil, "notes", evil)), List.of());
        assertFalse(page.contains(evil));
        assertTrue(page.contains("&lt;/script&gt;"));
        JsonNode row = rows(page).get(0);
        assertEquals(evil, row.get("source").asString());
    }

    /// 10 s measured and 12 predicted: +20 %. Of the step 6 s are compute (half), 3 s exposed communication in two
    /// kinds (a quarter), 3 s bubble; the gap of 2 s is a third of the compute and two thirds of each of the others.
    @Test
    void aWorstRowSaysWhatItsStepIsMadeOf() {
        String page = ScoreboardPage.write(board(Rows.with("id", "a", "vpp", "")), List.of());
        assertTrue(
                page.contains("The gap of 2.00 s is as long as 33 % of compute, 67 % of exposed communication, 67 % of"
                        + " bubble."));
        JsonNode row = rows(page).get(0);
        assertEquals(20, row.get("error").asDouble());
        assertEquals(50, row.get("parts").get("compute").asDouble());
        assertEquals(25, row.get("parts").get("exposed communication").asDouble());
        assertTrue(row.get("assumed").asString().contains("vpp 1"));
    }

    /// Four rows of one family are farther off than the only one of another: three of them and that one are shown.
    @Test
    void atMostThreeRowsOfAFamily() {
        List<MeasuredRun> runs = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            runs.add(Rows.with("id", "far-" + i, "value", String.valueOf(i)));
        }
        runs.add(Rows.with("id", "near", "family", "other", "value", "11.9"));
        runs.add(Rows.with("id", "c", "family", "third", "quality", "C", "value", "1"));
        assertEquals(
                List.of("far-1", "far-2", "far-3", "near"),
                RowCards.worst(board(runs.toArray(MeasuredRun[]::new)).runs()).stream()
                        .map(scored -> scored.run().id())
                        .toList());
    }

    private static JsonNode rows(String page) {
        var data = Pattern.compile("id=\"rows\">(.*?)</script>").matcher(page);
        assertTrue(data.find());
        return JsonMapper.shared().readTree(data.group(1));
    }

    private static Scoreboard board(MeasuredRun... rows) {
        Map<String, Double> breakdown = new LinkedHashMap<>();
        breakdown.put("compute", 5.0);
        breakdown.put("tensor_comm", 2.0);
        breakdown.put("data_comm", 1.0);
        breakdown.put("optimizer", 1.0);
        breakdown.put("bubble", 3.0);
        Predictor predictor = job -> new Prediction(12, 1, 1, 1, true, List.of(), breakdown);
        return new Scoring(new RunMapping(Rows.NAMES, Rows.MODELS), predictor).score(List.of(rows), () -> {});
    }
}
