// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.torchtitan;

import dev.dryrun.scenario.imports.NearestSimulated.Recomputed;
import dev.dryrun.scenario.imports.settings.Reading;
import dev.dryrun.scenario.imports.settings.Settings;

/// The section `activation_checkpoint`.
final class Recomputation {
    private static final String MODE = "activation_checkpoint.mode";
    private static final String OPTION = "activation_checkpoint.selective_ac_option";
    private static final long MOST = 10_000;
    /// Every second layer, where nothing is said.
    private static final long USUAL = 2;

    private Recomputation() {}

    static void read(Reading reading) {
        Settings settings = reading.settings();
        String mode = settings.text(MODE, "selective");
        // "2" is every second layer, "op" is by operation; files have both 2 and "2".
        boolean byOperation = settings.says(OPTION, "op");
        boolean everyLayer = settings.says(OPTION, "1") || settings.says(OPTION, "0");
        Recomputed recomputed = switch (mode) {
            case "none" -> Recomputed.NOTHING;
            case "full" -> Recomputed.EVERYTHING;
            case "memory_budget" -> Recomputed.TO_A_BUDGET;
            case "selective" ->
                byOperation ? Recomputed.SOME_OPERATIONS : everyLayer ? Recomputed.EVERYTHING : Recomputed.SOME_LAYERS;
            default -> {
                settings.wrong(MODE, "must be one of none, selective, full, memory_budget", "");
                yield Recomputed.NOTHING;
            }
        };
        reading.putNearest("strategy.recompute", recomputed.nearest(), MODE);
        if (recomputed == Recomputed.SOME_LAYERS) {
            reading.put("strategy.recompute.method", "every", OPTION);
            reading.put("strategy.recompute.layers", settings.integer(OPTION, 0, MOST, USUAL), OPTION);
        } else if (mode.equals("selective") && settings.has(OPTION)) {
            reading.fates().nearest(OPTION, "strategy.recompute", recomputed.nearest());
        }
    }
}
