// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.strategy.model.BlockGroup;
import dev.dryrun.strategy.model.ModelArchitecture;
import dev.dryrun.validation.published.table.Column;
import dev.dryrun.validation.published.table.MeasuredRun;
import dev.dryrun.validation.published.table.Rows;
import dev.dryrun.validation.published.table.RunTable;
import java.util.Objects;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogModelsTest {
    @ParameterizedTest
    @CsvSource({
        "Grok-1 proxy (2 layers),   grok-1",
        "Grok-1 314B,               grok-1",
        "deepseekv2 (layers cut),   deepseek-v2",
        "DeepSeek-V2-Lite,          deepseek-v2-lite",
        "Llama-2-70B LoRA,          llama2-70b",
        "Mixtral-8x22B,             mixtral-8x22b",
        "Qwen3-30B-A3B,             qwen3-30b-a3b",
        "GPT-OSS-120B,              gpt-oss-120b",
        "GPT3-20B,                  gpt3-20b",
    })
    void wordsBehindANameDoNotCount(String model, String name) {
        assertEquals(name, Rows.MODELS.named(model));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GPT", "Grok-10", "Mixtral"})
    void aNameIsNotCutShort(String model) {
        assertNull(Rows.MODELS.named(model));
    }

    /// One of its four layers is dense, as the first of 60 is: 3 x 160 experts are left of 59 x 160.
    @Test
    void layersAreCutAsTheRowSays() {
        var reading = new Reading(Rows.with("model", "deepseekv2 (layers cut)", "layers", "4", "hidden", "5120"));
        ModelArchitecture whole = read(Rows.with("model", "deepseekv2", "layers", "60"));
        ModelArchitecture cut = Objects.requireNonNull(Rows.MODELS.read(reading));
        assertEquals(4, layers(cut));
        assertEquals(60, layers(whole));
        long expertLayer = (whole.parameters() - cut.parameters()) / 56;
        assertEquals(whole.parameters(), cut.parameters() + 56 * expertLayer);
        assertTrue(expertLayer > 160L * 3 * 5120 * 1536);
    }

    @Test
    void otherDimensionsStandInTheWay() {
        var reading = new Reading(Rows.with(
                "model",
                "Grok-1 314B",
                "layers",
                "64",
                "hidden",
                "6144",
                "heads",
                "48",
                "ffn_hidden",
                "32768",
                "vocab",
                "",
                "n_experts",
                "16",
                "top_k",
                "2"));
        assertNotNull(Rows.MODELS.read(reading));
        assertEquals("n_experts is 16; catalog/models/grok-1.yaml has 8", reading.obstacles());
    }

    @Test
    void whatTheCatalogLacksStandsInTheWay() {
        var reading = new Reading(Rows.with("model", "Unheard-1T LoRA"));
        assertNull(OtherKinds.read(reading, Rows.MODELS));
        assertEquals("no model of the catalog for \"Unheard-1T LoRA\"", reading.obstacles());
    }

    /// Columns that say what Mixtral 8x22B is make the catalog's model, whatever the name.
    @Test
    void expertsFollowFromColumns() {
        String[] mixtral = {
            "model",
            "Unheard 8x22B",
            "layers",
            "56",
            "hidden",
            "6144",
            "heads",
            "48",
            "kv_heads",
            "8",
            "ffn_hidden",
            "16384",
            "vocab",
            "32000",
            "n_experts",
            "8",
            "top_k",
            "2"
        };
        ModelArchitecture written =
                Objects.requireNonNull(OtherKinds.read(new Reading(Rows.with(mixtral)), Rows.MODELS));
        mixtral[1] = "Mixtral-8x22B";
        ModelArchitecture named = Objects.requireNonNull(OtherKinds.read(new Reading(Rows.with(mixtral)), Rows.MODELS));
        assertEquals(named.parameters(), written.parameters());
        assertEquals(named.activeParameters(), written.activeParameters());
    }

    @ParameterizedTest
    @CsvSource({
        "top_k, '',  'no model of the catalog for \"Unheard\", and sizes left open'",
        "top_k, 9,   sizes that no model can have",
    })
    void sizesThatMakeNoModel(String column, String cell, String reason) {
        var reading = new Reading(Rows.with("model", "Unheard", "n_experts", "8", "top_k", "2", column, cell));
        assertNull(OtherKinds.read(reading, Rows.MODELS));
        assertEquals(reason, reading.obstacles());
    }

    /// What makes rows of the built-in table other than dense blocks trained whole. Their models are in the catalog
    /// with the dimensions that the rows state.
    @Test
    void everyRowOfAnotherKindHasItsModel() {
        int rows = 0;
        for (MeasuredRun run : RunTable.builtIn().runs()) {
            var reading = new Reading(run);
            ModelArchitecture model = OtherKinds.read(reading, Rows.MODELS);
            if (model != null) {
                rows++;
                assertEquals(run.count(Column.LAYERS), OptionalLong.of(layers(model)), run.id());
            }
        }
        assertEquals(61, rows);
    }

    /// The row states no dimension; the recipe of that name does.
    @Test
    void dimensionsComeFromTheName() {
        var row = Rows.with(
                "model",
                "GPT3-20B",
                "layers",
                "",
                "hidden",
                "",
                "heads",
                "",
                "ffn_hidden",
                "",
                "pp",
                "4",
                "n_gpus",
                "32");
        var mapped = (MappedRun.Simulable) new RunMapping(Rows.NAMES, Rows.MODELS).map(row);
        assertTrue(mapped.assumed().contains("hidden 6144 (by the model's name)"), mapped.toString());
    }

    private static ModelArchitecture read(MeasuredRun run) {
        return Objects.requireNonNull(Rows.MODELS.read(new Reading(run)));
    }

    private static long layers(ModelArchitecture model) {
        return model.groups().stream().mapToLong(BlockGroup::count).sum();
    }
}
