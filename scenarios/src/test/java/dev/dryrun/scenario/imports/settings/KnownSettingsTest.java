// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.scenario.imports.OptionReport;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of a setting that its importer says nothing of, by the table beside this test.
class KnownSettingsTest {
    private static final KnownSettings TABLE = new KnownSettings(KnownSettingsTest.class, "table.txt");

    @ParameterizedTest
    @CsvSource({
        "size, 3, NO_EFFECT_ON_TIME: not read here",
        "seed, 3, NO_EFFECT_ON_TIME: a seed",
        "offload, true, NOT_MODELLED: nothing moves",
        "offload, false, NO_EFFECT_ON_TIME: as simulated",
        "offload, , NO_EFFECT_ON_TIME: not set",
        "degree, 2, NOT_MODELLED: not spread",
        "degree, 1, NO_EFFECT_ON_TIME: as simulated",
        "log.depth, 4, NO_EFFECT_ON_TIME: logging",
        "log.sync, 4, NOT_MODELLED: it waits",
        "skip.enabled, false, NO_EFFECT_ON_TIME: as simulated",
        "skip.rate, 4, NOT_MODELLED: nothing is skipped",
        "sede, 3, 'NOT_MODELLED: unknown, maybe seed'",
        "whatever, 3, NOT_MODELLED: unknown",
    })
    void theTableSaysWhatBecomesOfIt(String name, String value, String fate) {
        assertEquals(fate, fateOf(List.of(setting(name, value))));
    }

    @ParameterizedTest
    @CsvSource({"false, NO_EFFECT_ON_TIME: skip.enabled is off", "true, NOT_MODELLED: nothing is skipped"})
    void aBlockThatIsOffHasNoEffect(String enabled, String fate) {
        assertEquals(fate, fateOf(List.of(setting("skip.rate", "4"), setting("skip.enabled", enabled))));
    }

    private static Setting setting(String name, String value) {
        Object plain = value == null
                ? null
                : value.equals("true") || value.equals("false") ? (Object) Boolean.valueOf(value) : Long.valueOf(value);
        return new Setting(name, new Position("file", 1, 1), plain, value == null ? "" : value);
    }

    /// The fate of the first.
    private static String fateOf(List<Setting> settings) {
        var all = new Settings("file", new ArrayList<>(settings), new Problems());
        OptionReport report = new Fates(all).reports(TABLE).getFirst();
        return report.effect() + ": " + report.note();
    }
}
