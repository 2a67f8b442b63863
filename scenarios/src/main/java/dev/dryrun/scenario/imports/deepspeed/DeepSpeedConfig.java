// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.deepspeed;

import dev.dryrun.scenario.imports.settings.Fates;
import dev.dryrun.scenario.imports.settings.Reading;
import dev.dryrun.scenario.imports.settings.Settings;
import java.util.OptionalLong;

/// A configuration in which a value may be `auto`: Hugging Face's trainer fills it in when the job starts.
record DeepSpeedConfig(Reading reading) {
    /// Beyond what any job has; products of three stay in a `long`.
    static final long MOST = 1L << 20;

    Settings settings() {
        return reading.settings();
    }

    Fates fates() {
        return reading.fates();
    }

    /// Whether the value is left to the trainer; if so that is reported, with what has to be given in its stead.
    boolean isAuto(String name, String key) {
        boolean auto = settings().says(name, "auto");
        if (auto) {
            fates().notModelled(name, "open: filled in when the job starts" + (key.isEmpty() ? "" : ", give " + key));
        }
        return auto;
    }

    /// A whole number of at least one; empty where it is absent, open or wrong.
    OptionalLong count(String name, String key) {
        return isAuto(name, key) ? OptionalLong.empty() : settings().integer(name, 1, MOST);
    }

    /// A flag; the default where it is absent, open or wrong.
    boolean flag(String name, boolean whenAbsent, String key) {
        return isAuto(name, key) ? whenAbsent : settings().flag(name, whenAbsent);
    }
}
