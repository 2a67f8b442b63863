// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.scenario.schema.Editor;
import dev.dryrun.scenario.schema.FileSchema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The schema and the program agree about files, as far as a schema can see.
class SchemaCommandTest {
    private static final Editor EDITOR = new Editor(FileSchema.SCENARIO);
    private static final Pattern KNOWN_KEYS =
            Pattern.compile("([a-z._]*)zzz is an unknown key, but must be one of ([a-z_, ]+)\\.");

    @TempDir
    private Path folder;

    /// The broken scenarios of `BrokenScenariosTest`: what a schema sees, and what it cannot see because names may come
    /// from catalogs of the user and rules between keys are none of its business.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "global_batch: 1536 | global_batch: lots | true",
                "micro_batch: 1 | micro_batch: -1 | true",
                "node: dgx-a100-80gb | node: {extends: dgx-a100-80gb, nic_bandwidth: 400} | true",
                "nodes: 128 | nodes: 1e12 | true",
                "recompute: full | recompute: yes | true",
                "precision: fp16 | precision: fp17 | true",
                "site: selene | site: {ring_efficiency: 2} | true",
                "nodes: 128 | nodes: 128, fabrik: fat-tree | true",
                "chunks: 3 | chunk: 3 | true",
                "site: selene | tokens: 5 | true",
                "name: job | schema: dryrun/scenario/2 | true",
                "model: gpt3-175b | # no model | true",
                "node: dgx-a100-80gb | node: dgx-a100-80g | false",
                "stages: 16 | stages: 10 | false",
                "nodes: 128 | nodes: 4 | false",
                "tensor: 8 | tensor: 6 | false",
            })
    void brokenScenariosAreMarkedWhereASchemaCanSeeIt(String sound, String broken, boolean seen) throws Exception {
        String scenario = BrokenScenariosTest.SOUND.replace(
                "cluster:\n  node: dgx-a100-80gb\n  nodes: 128\n  fabric: fat-tree\n",
                "cluster: {node: dgx-a100-80gb, nodes: 128, fabric: fat-tree}\n");
        assertEquals(List.of(), EDITOR.marks(scenario));
        assertTrue(scenario.contains(sound), sound);
        String wrong = scenario.replace(sound, broken);
        assertEquals(2, simulated(wrong).exitCode());
        assertEquals(seen, !EDITOR.marks(wrong).isEmpty(), wrong);
    }

    @Test
    void emptyScenariosAreMarkedAndThoseThatExtendOthersAreNot() {
        assertNotEquals(List.of(), EDITOR.marks("name: job"));
        assertEquals(
                List.of(),
                EDITOR.marks("extends: other.yaml\ntraining: {global_batch: 8, sequence_length: 8, precision: bf16}"));
    }

    /// The same mutations that the program survives: whatever it then simulates is sound to an editor.
    @RepeatedTest(150)
    void whatIsSimulatedIsNotMarked(RepetitionInfo repetition) throws Exception {
        String text = MutatedScenariosTest.mutated(new SplittableRandom(repetition.getCurrentRepetition()));
        if (simulated(text).exitCode() == 0) {
            assertEquals(List.of(), EDITOR.marks(text), text);
        }
    }

    /// The keys that the program's own messages list are those of the schema, in both directions.
    @Test
    void messagesAndSchemaKnowTheSameKeys() throws Exception {
        String scenario = """
            zzz: 1
            model: gpt3-125m
            cluster: {node: dgx-h100, nodes: 1, zzz: 1}
            training: {sequence_length: 512, global_batch: 8, precision: bf16, zzz: 1}
            strategy: {pipeline: {stages: 1, zzz: 1}, zzz: 1}
            site: {library: {name: nccl, zzz: 1}}
            """;
        Entry schema = schema("schema");
        int blocks = 0;
        for (Matcher m = KNOWN_KEYS.matcher(simulated(scenario).err()); m.find(); blocks++) {
            Entry block = schema;
            for (String part : m.group(1).split("\\.")) {
                block = part.isEmpty()
                        ? block
                        : ofMapping(block.child("properties").child(part));
            }
            assertEquals(
                    new TreeSet<>(List.of(m.group(2).split(", "))),
                    new TreeSet<>(block.child("properties").keys()),
                    m.group());
        }
        assertEquals(6, blocks);
    }

    /// Of several alternatives the one that is a mapping.
    private static Entry ofMapping(Entry schema) {
        return schema.has("properties") ? schema : schema.children("anyOf").getLast();
    }

    @Test
    void namesOfTheUsersCatalogAreOffered() throws Exception {
        Files.createDirectory(folder.resolve("nodes"));
        Files.writeString(folder.resolve("nodes").resolve("my-box.yaml"), "title: mine");
        Run run = Run.of("schema", "--catalog", folder.toString());
        assertEquals(0, run.exitCode());
        assertTrue(run.out().contains("\"my-box\""));
        assertFalse(Run.of("schema").out().contains("\"my-box\""));
    }

    @Test
    void aKindMayBeWrittenInTheSingularAndAWrongOneIsTold() {
        assertEquals(Run.of("schema", "nodes"), Run.of("schema", "node"));
        assertEquals(Run.of("schema"), Run.of("schema", "scenario"));
        Run wrong = Run.of("schema", "modle");
        assertEquals(2, wrong.exitCode());
        assertEquals(
                "command line: kind is \"modle\", but no such kind of file has a schema. Maybe \"models\".",
                wrong.err().strip());
    }

    private static Entry schema(String... words) {
        var problems = new Problems();
        Entry root = Document.read("schema.json", Run.of(words).out(), problems).root();
        problems.throwIfAny();
        return root;
    }

    private Run simulated(String scenario) throws Exception {
        return Run.of(
                "simulate",
                "--quiet",
                "--json",
                Files.writeString(folder.resolve("job.yaml"), scenario).toString());
    }
}
