// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelCatalogTest {
    private static final Path FOLDER = Path.of("src/main/resources/dev/dryrun/catalog");

    @Test
    void theIndexListsTheFiles() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER, 2)) {
            List<String> found = files.filter(file -> file.toString().endsWith(".yaml"))
                    .map(file -> FOLDER.relativize(file).toString())
                    .sorted()
                    .toList();
            assertEquals(
                    found,
                    Files.readAllLines(FOLDER.resolve("index.txt")).stream()
                            .sorted()
                            .toList());
        }
    }

    /// Every file reads without a problem, is called by its name, and gives source and date.
    @Test
    void everyModelReads() {
        var catalog = new Catalog(List.of());
        List<String> names = catalog.names("models");
        assertTrue(names.size() >= 121, names::toString);
        for (String name : names) {
            var problems = new Problems();
            Entry entry = Objects.requireNonNull(catalog.find("models", name, problems))
                    .root();
            assertEquals(name, ModelArchitecture.read(entry).name());
            assertFalse(entry.text("source").isEmpty() || entry.text("date").isEmpty(), name);
            assertEquals(List.of(), problems.all());
        }
    }

    /// Billions of parameters in the name, as the weights or the paper have them; to half of the last digit.
    @ParameterizedTest
    @CsvSource({
        "gpt3-175b, 174.6, 0.05",
        "gpt3-13b, 12.85, 0.005",
        "megatron-1.7b, 1.7, 0.05",
        "megatron-22b, 22, 0.5",
        "megatron-1t, 1008.0, 0.05",
        "mt-nlg-530b, 530, 0.5",
        "bloom-176b, 176.247, 0.0005",
        "gpt-neox-20b, 20.55, 0.005",
        "llama2-7b, 6.738415616, 1e-12",
        "llama3-8b, 8.030261248, 1e-12",
        "llama3-70b, 70.553706496, 1e-12",
        "llama3.1-405b, 405.8533888, 1e-12",
        "nemotron-4-15b, 15.6, 0.05",
        "nemotron-4-340b, 341.0, 0.05",
    })
    void modelsHaveTheirParameters(String name, double billions, double halfDigit) {
        var problems = new Problems();
        Document document = Objects.requireNonNull(new Catalog(List.of()).find("models", name, problems));
        assertEquals(billions, ModelArchitecture.read(document.root()).parameters() / 1e9, halfDigit);
    }

    @Test
    void aGptNeedsThreeNumbers() {
        var problems = new Problems();
        ModelArchitecture model = read("family: gpt\nlayers: 96\nhidden: 12288\nheads: 96\n", problems);
        assertEquals(List.of(), problems.all());
        assertEquals(174_604_259_328L, model.parameters());
        assertEquals("gpt", model.name());
    }

    @Test
    void everythingWrongIsToldAtOnce() {
        var problems = new Problems();
        read("family: lama\nlayers: -3\nhidden: 100\nheads: 12\nkey_value_heads: 5\nfnn_hidden: 7\n", problems);
        assertEquals(
                List.of(1, 2, 4, 5, 6),
                problems.all().stream()
                        .map(problem -> problem.at().line())
                        .sorted()
                        .distinct()
                        .toList(),
                () -> problems.all().toString());
    }

    private static ModelArchitecture read(String yaml, Problems problems) {
        return ModelArchitecture.read(Document.read("m.yaml", yaml, problems).root());
    }
}
