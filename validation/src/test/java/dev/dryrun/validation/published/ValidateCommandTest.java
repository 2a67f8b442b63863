// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.scenario.cli.CommandProvider;
import dev.dryrun.validation.published.mapping.RunMapping;
import dev.dryrun.validation.published.measure.Prediction;
import dev.dryrun.validation.published.measure.Predictor;
import dev.dryrun.validation.published.measure.Scoring;
import dev.dryrun.validation.published.table.Rows;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ValidateCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @Test
    void jsonKeepsItsContract() {
        assertEquals(0, run("--family", "korthikanti", "bloom-prequel", "--json", "--quiet"));
        JsonNode root = JsonMapper.shared().readTree(text(out));
        assertEquals("dryrun/validation/1", root.get("schema").asString());
        assertEquals(2, root.get("families").size());
        assertEquals("korthikanti", root.get("families").get(0).get("family").asString());
        assertEquals(114, root.get("overall").get("rows").asInt());
        assertEquals(114, root.get("rows").size());
        JsonNode first = root.get("rows").get(0);
        for (String key : List.of("id", "family", "metric", "unit", "measured", "predicted", "error_pct", "assumed")) {
            assertTrue(first.has(key), key);
        }
        assertEquals(6, root.get("fit").get("ran_out_of_memory").asInt());
    }

    @Test
    void mechanismsStandBesideTheFullModel() {
        assertEquals(0, run("--family", "korthikanti", "--without", "contention,host", "--json", "--quiet"));
        JsonNode without = JsonMapper.shared().readTree(text(out)).get("without");
        assertEquals(2, without.size());
        assertEquals("host", without.get(1).get("mechanisms").get(0).asString());
        JsonNode overall = without.get(0).get("overall");
        assertEquals(overall.get("mape_with_pct"), overall.get("mape_without_pct"));
        out.reset();
        assertEquals(0, run("--family", "korthikanti", "--without", "all"));
        assertTrue(text(out).contains("the host takes time to issue a kernel"), text(out));
        assertEquals(2, run("--without", "hots"));
        assertTrue(text(err).contains("--without is \"hots\""), text(err));
    }

    @Test
    void theSameBytesEveryTime() {
        run("--json");
        String first = text(out);
        out.reset();
        run("--json");
        assertEquals(first, text(out));
    }

    @Test
    void everyRowIsPredictedOrListedWithItsReason() {
        assertEquals(0, run("--json"));
        JsonNode root = JsonMapper.shared().readTree(text(out));
        assertEquals(1205, root.get("rows").size());
        for (JsonNode row : root.get("rows")) {
            boolean judged =
                    row.has("error_pct") || row.get("metric").asString().equals("OOM");
            assertTrue(judged != row.has("skipped"), row.toString());
        }
    }

    @Test
    void textNamesFamiliesAndLargestErrors() {
        assertEquals(0, run("--rows", "3"));
        String text = text(out);
        for (String words : List.of("korthikanti", "overall", "Apart", "vtrain-single", "Largest errors")) {
            assertTrue(text.contains(words), words + " is missing in\n" + text);
        }
    }

    @Test
    void ownFilesAreJudgedAndBadOnesRefused() throws IOException {
        Path good = Files.writeString(folder.resolve("good.csv"), """
            id,family,hardware,n_gpus,model,layers,hidden,heads,seq_len,tp,global_batch,metric,value,unit
            mine,ours,A100,8,GPT,24,2048,16,2048,8,16,step,1.5,s
            """);
        assertEquals(0, run("--data", good.toString()), text(err));
        assertTrue(text(out).contains("ours"));
        Path bad = Files.writeString(
                folder.resolve("bad.csv"), "id,family,hardware,n_gpus,metric,value\na,b,A100,x,s,1\n");
        assertEquals(2, run("--data", bad.toString()));
        assertTrue(text(err).contains("bad.csv:2: n_gpus is \"x\""), text(err));
    }

    /// A measure of strategies, of regimes and of others' predictions, and why rows were left out.
    @Test
    void jsonHasRegimesMatrixLayoutsAndPeers() {
        assertEquals(0, run("--family", "korthikanti", "--peers", "--json"));
        JsonNode root = JsonMapper.shared().readTree(text(out));
        assertEquals("nodes", root.get("regimes").get(0).get("kind").asString());
        assertEquals(
                8,
                root.get("matrix").get(0).get("rows").asInt()
                        + root.get("matrix").get(1).get("rows").asInt()
                        + root.get("matrix").get(2).get("rows").asInt());
        assertEquals(4, root.get("layouts").get("jobs").asInt());
        assertEquals(0, root.get("not_simulated").size());
        JsonNode peers = root.get("peers");
        assertEquals(2, peers.size());
        assertEquals(
                8, peers.get(0).get("families").get(0).get("theirs").get("rows").asInt());
        assertTrue(root.get("rows").get(0).has("step_measured_s"));
        assertTrue(root.get("rows").get(0).has("step_predicted_s"));
    }

    @Test
    void theTemplateIsATableThatIsRead() throws IOException {
        assertEquals(0, run("--template"));
        Path mine = Files.writeString(folder.resolve("mine.csv"), text(out));
        out.reset();
        assertEquals(0, run("--data", mine.toString(), "--json"), text(err));
        JsonNode root = JsonMapper.shared().readTree(text(out));
        assertEquals(1, root.get("overall").get("simulated").asInt(), root.toString());
    }

    @Test
    void filesAreWrittenWhereTheyWereAskedFor() throws IOException {
        Path page = folder.resolve("page.html");
        Path docs = Files.writeString(folder.resolve("a.md"), "# A\n<!-- generated: families -->\n<!-- end -->\n");
        Path rows = folder.resolve("rows");
        assertEquals(0, run("--family", "korthikanti", "--html", page.toString(), "--write-docs", docs.toString()));
        assertTrue(Files.readString(page).startsWith("<!DOCTYPE html>"));
        assertTrue(Files.readString(docs).contains("| korthikanti | 8 |"));
        assertEquals(0, run("--family", "korthikanti", "--export-rows", rows.toString()));
        assertTrue(Files.exists(rows.resolve("korthikanti-001.yaml")));
        assertEquals(
                2,
                run(
                        "--family",
                        "korthikanti",
                        "--html",
                        folder.resolve("no/page.html").toString()));
        assertTrue(text(err).contains("must be a file that can be written"), text(err));
    }

    @Test
    void otherPredictionsAreScored() throws IOException {
        Path theirs = Files.writeString(folder.resolve("theirs.csv"), "id,predicted\nkorthikanti-001,1.4\n");
        assertEquals(0, run("--family", "korthikanti", "--predictions", theirs.toString()));
        assertTrue(text(out).contains("theirs\n  korthikanti            1"), text(out));
        Files.writeString(theirs, "id,predicted\nkorthikanti-01,1.4\n");
        assertEquals(2, run("--predictions", theirs.toString()));
        assertTrue(text(err).contains("theirs.csv:2: id is \"korthikanti-01\""), text(err));
    }

    @Test
    void joinsTheCommandLine() {
        assertTrue(ServiceLoader.load(CommandProvider.class).stream()
                .anyMatch(provider -> provider.get().command() instanceof ValidateCommand));
    }

    @Test
    void unknownFamiliesAreBadInput() {
        assertEquals(2, run("--family", "korthikant"));
        assertTrue(text(err).contains("\"korthikant\", but no such family is in the table. Maybe \"korthikanti\"."));
    }

    private int run(String... arguments) {
        Predictor tenSeconds = job -> new Prediction(10, 40e9, 42e9, 45e9, true, List.of());
        var command = new ValidateCommand(
                without -> new Scoring(new RunMapping(Rows.NAMES, Rows.MODELS), tenSeconds),
                new PrintStream(out),
                new PrintStream(err));
        return new CommandLine(command).execute(arguments);
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
