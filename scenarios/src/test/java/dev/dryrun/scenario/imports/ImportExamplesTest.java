// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The files that show what can be imported, completed with what they do not say and simulated.
class ImportExamplesTest {
    private static final Path EXAMPLES = Path.of("..", "examples", "import");

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "torchtitan | llama3-70b.toml | 256 | | cluster: {node: dgx-h100, nodes: 32}",
                "hf | config.json | 0 | | cluster: {node: dgx-h100, nodes: 1};"
                        + " training: {sequence_length: 4096, global_batch: 64, precision: bf16};"
                        + " strategy: {tensor: 2, data: auto, sharding: optimizer}",
            })
    void examplesAreImportedAndSimulated(String kind, String file, long gpus, String gap, String rest)
            throws IOException {
        Importer importer = Importers.byName(kind);
        Trial trial = Trial.of(importer, file, Files.readString(EXAMPLES.resolve(file)), gpus);
        assertEquals(gap == null ? "" : gap, trial.with(Effect.NOT_MODELLED));
        assertTrue(trial.simulated(rest.replace("; ", "\n") + "\n").stepSeconds() > 0);
    }

    /// 512 sequences are 8 micro-batches of 4 for each of 16 replicas.
    @ParameterizedTest
    @CsvSource({"0", "16"})
    void theExampleOfDeepSpeedIsComplete(long gpus) throws IOException {
        String file = "ds_config.json";
        Trial trial = Trial.of(Importers.byName("deepspeed"), file, Files.readString(EXAMPLES.resolve(file)), gpus);
        assertEquals("", trial.with(Effect.NOT_MODELLED));
        assertEquals("16", trial.value("strategy.data"));
        trial.imported().draft().set("training.sequence_length", 1024L, Position.startOf(file));
        String rest = "model: gpt3-1.3b\ncluster: {node: dgx-a100-80gb, nodes: 2}\n";
        assertTrue(trial.simulated(rest).stepSeconds() > 0);
    }
}
