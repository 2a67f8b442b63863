// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Entry;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The counts that follow from the dimensions in the catalog against those that the models' makers published.
class PublishedParametersTest {
    /// Most that a count may be off without a reason: half of the last of three printed digits at worst.
    private static final double TOLERANCE = 0.005;
    /// Deviations are stated to a tenth of a percent.
    private static final double HALF_DIGIT = 0.0005 * (1 + 1e-9);

    static List<String> names() {
        return CatalogModels.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void countsAreThePublishedOnes(String name) {
        Entry entry = CatalogModels.entry(name);
        ModelArchitecture model = ModelArchitecture.read(entry);
        Entry deviation = entry.optionalChild("deviation");
        assertAll(
                () -> check(entry, deviation, "parameters", model.parameters()),
                () -> check(entry, deviation, "active_parameters", model.activeParameters()),
                () -> assertEquals(
                        entry.has("deviation"), !deviation.text("reason", "").isEmpty(), "a reason"),
                () -> assertEquals(model.parameters() != model.activeParameters(), entry.has("active_parameters")));
        deviation.rejectUnknownKeys();
        assertEquals(List.of(), entry.problems().all());
    }

    private static void check(Entry entry, Entry deviation, String key, long computed) {
        if (!entry.has(key)) {
            assertTrue(key.startsWith("active"), "parameters: a published count is needed");
            return;
        }
        double published = entry.figure(key, 1, 1e15).value();
        double share = computed / published - 1;
        String message = key + " " + computed + " of " + published + " is off by " + share;
        boolean explained = deviation.has("of_" + key);
        double stated = deviation.number("of_" + key, -1, 1, 0);
        assertEquals(stated, share, explained ? HALF_DIGIT : TOLERANCE, message);
        assertFalse(explained && Math.abs(share) <= TOLERANCE, message + ", which needs no reason");
    }

    /// Counts of weights, to the last one.
    @ParameterizedTest
    @CsvSource({
        "gpt2-small, 124439808",
        "gpt2-xl, 1557611200",
        "bert-base, 109482240",
        "bert-large, 335141888",
        "t5-small, 60506624",
        "t5-11b, 11307321344",
        "t5-v1.1-xxl, 11135332352",
        "pythia-12b, 11846072320",
        "bloom-176b, 176247271424",
        "llama-65b, 65285660672",
        "llama2-70b, 68976648192",
        "llama3.1-405b, 405853388800",
        "mistral-7b, 7241732096",
        "mixtral-8x7b, 46702792704",
        "deepseek-v2, 235741434880",
        "deepseek-v2-lite, 15706484224",
        "falcon-7b, 6921720704",
        "falcon-40b, 41303293952",
        "mamba-2.8b, 2768345600",
        "mamba2-2.7b, 2702599680",
        "jamba-v0.1, 51570323328",
        "rwkv-7-2.9b, 2947735040",
        "qwen2.5-72b, 72706203648",
        "qwen3-0.6b, 596049920",
        "qwen3-32b, 32762123264",
        "qwen3-235b-a22b, 235093634560",
    })
    void someCountsAreExact(String name, long parameters) {
        assertEquals(parameters, CatalogModels.read(name).parameters());
    }
}
