// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.hardware.catalog.Questions;
import dev.dryrun.scenario.io.JsonText;
import dev.dryrun.scenario.spec.ReadersHeard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The schema takes what readers take; a file that an editor marks is wrong.
class FileSchemaTest {
    private static final Catalog CATALOG = new Catalog(List.of());
    private static final Editor EDITOR = new Editor(FileSchema.SCENARIO);

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("..", "examples"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    static List<String> kinds() {
        return ReadersHeard.kinds();
    }

    private static Map<String, Object> entry(String kind, String name) {
        Document document = CATALOG.find(kind, name, new Problems());
        return new LinkedHashMap<>(document.root().plain());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void examplesAreSound(Path example) throws IOException {
        assertEquals(List.of(), EDITOR.marks(Files.readString(example)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void entriesOfTheCatalogAreSound(String kind) {
        var editor = new Editor(kind);
        for (String name : CATALOG.names(kind)) {
            assertEquals(List.of(), editor.marks(entry(kind, name)), kind + "/" + name);
        }
    }

    /// Each entry of the catalog without each of its keys, at any depth. Above all this finds what the schema asks for
    /// although a reader does not always.
    @ParameterizedTest
    @MethodSource("kinds")
    void anEntryWithoutOneOfItsKeysIsSoundWhereItsReaderSaysSo(String kind) {
        var editor = new Editor(kind);
        int sound = 0;
        for (String name : CATALOG.names(kind)) {
            Map<String, Object> whole = entry(kind, name);
            for (List<String> path : paths(whole)) {
                Map<String, Object> cut = without(whole, path);
                if (readerTakes(kind, cut)) {
                    assertEquals(List.of(), editor.marks(cut), kind + "/" + name + " without " + path);
                    sound++;
                }
            }
        }
        assertTrue(sound > 0, "no " + kind + " has a key that it can do without");
    }

    private static List<List<String>> paths(Map<?, ?> plain) {
        List<List<String>> paths = new ArrayList<>();
        plain.forEach((key, value) -> {
            String name = String.valueOf(key);
            paths.add(List.of(name));
            if (value instanceof Map<?, ?> map) {
                paths(map)
                        .forEach(below -> paths.add(
                                Stream.concat(Stream.of(name), below.stream()).toList()));
            }
        });
        return paths;
    }

    private static Map<String, Object> without(Map<?, ?> plain, List<String> path) {
        Map<String, Object> copy = new LinkedHashMap<>();
        plain.forEach((key, value) -> copy.put(String.valueOf(key), value));
        String first = path.getFirst();
        if (path.size() == 1) {
            copy.remove(first);
        } else {
            copy.put(first, without((Map<?, ?>) copy.get(first), path.subList(1, path.size())));
        }
        return copy;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nodes | {title: t, accelerator: a, library: l, gpus: 4, wiring: mesh, link: k, link_bandwidth: 1"
                        + " GB/s, nics: 0}",
                "models | {family: llama, layers: 2, hidden: 64, heads: 256, head_dimension: 4, key_value_heads: 256,"
                        + " ffn_hidden: 64, vocabulary: 100}",
                "sites | {network_efficiency: {value: 0.5, source: me, date: 2026, status: prior}}",
            })
    void rareEntriesAreSound(String kind, String yaml) {
        assertEquals(List.of(), new ReadersHeard(CATALOG).entryText(kind, yaml, Questions.UNHEARD));
        assertEquals(List.of(), new Editor(kind).marks(yaml));
    }

    /// What a reader misses in an entry of the catalog, an editor misses too, as far as its reader does not decide by
    /// other keys; or another entry to extend.
    @ParameterizedTest
    @CsvSource({
        "models, gpt3-175b, layers",
        "nodes, dgx-h100, accelerator",
        "fabrics, fat-tree, network",
        "stacks, te-2024, traffic",
        "libraries, nccl, base",
        "accelerators, mi300x, memory"
    })
    void aMissingKeyIsMarked(String kind, String name, String key) {
        Map<String, Object> cut = without(entry(kind, name), List.of(key));
        List<String> marks = new Editor(kind).marks(cut);
        assertTrue(marks.size() == 2 && marks.getFirst().contains("'" + key + "'"), marks.toString());
        assertTrue(marks.getLast().contains("'extends'"), marks.toString());
    }

    private static boolean readerTakes(String kind, Map<String, Object> plain) {
        String json = new JsonText().value((Object) plain).toString();
        return new ReadersHeard(CATALOG)
                .entryText(kind, json, Questions.UNHEARD)
                .isEmpty();
    }
}
