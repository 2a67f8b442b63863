// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.megatron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.scenario.imports.Effect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentTableTest {
    private final ArgumentTable table = new ArgumentTable();

    @Test
    void hundredsOfArgumentsAreKnown() {
        assertTrue(table.size() >= 650, () -> table.size() + " arguments");
    }

    @ParameterizedTest
    @CsvSource({
        "--num-layers, ONE, MODELLED",
        "--swiglu, NONE, MODELLED",
        "--data-path, MANY, NO_EFFECT_ON_TIME",
        "--context-parallel-size, ONE, MODELLED",
        "--rampup-batch-size, MANY, NOT_MODELLED",
    })
    void eachHasItsValuesAndItsEffect(String name, Argument.Values values, Effect effect) {
        Argument argument = table.find(name);
        assertNotNull(argument);
        assertEquals(values, argument.values());
        assertEquals(effect, argument.effect());
    }

    /// What the table calls modelled is read somewhere in this package.
    @Test
    void whatIsModelledIsRead() throws IOException {
        var code = new StringBuilder();
        Path sources = Path.of("src", "main", "java", "dev", "dryrun", "scenario", "imports", "megatron");
        try (Stream<Path> files = Files.list(sources)) {
            for (Path file : files.sorted().toList()) {
                code.append(Files.readString(file));
            }
        }
        List<String> unread = table.names().stream()
                .filter(name -> table.find(name).effect() == Effect.MODELLED)
                .filter(name -> code.indexOf("\"" + name + "\"") < 0)
                .toList();
        assertEquals(List.of(), unread);
    }

    @Test
    void aMisspeltNameIsFound() {
        assertEquals("\"--num-layers\"", table.nearest("--num-layer"));
        assertEquals("\"--use-distributed-optimizer\"", table.nearest("--use-distributed-optimiser"));
        assertNull(table.find("--num-layer"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "([0]*3+[1]*4) | 0001111",
                "[1]*2 | 11",
                "([1]*3+[0]*1)*2 | 11101110",
                "[0, 1] | 01",
                "[1]*99999 |",
                "([1]*3 |",
                "__import__('os') |",
            })
    void patternsOfLayers(String text, String digits) {
        assertEquals(digits, LayerPattern.parse(text));
    }
}
