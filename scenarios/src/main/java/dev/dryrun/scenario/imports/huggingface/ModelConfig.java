// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.huggingface;

import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.scenario.imports.settings.Reading;
import dev.dryrun.scenario.imports.settings.Settings;
import java.util.List;

/// A configuration while it becomes the block `model` of a scenario.
///
/// A size is asked for by the names that the library has had for it; where none is there, the library's default for
/// this architecture holds, and the scenario says so.
final class ModelConfig {
    private static final long LARGEST = 1L << 28;

    private final Reading reading;
    private final String type;

    ModelConfig(Reading reading, String type) {
        this.reading = reading;
        this.type = type;
    }

    Settings settings() {
        return reading.settings();
    }

    /// A size of at least one that becomes a key of the model.
    long size(String key, long whenAbsent, String... names) {
        long size = size(whenAbsent, names);
        put(key, size, names);
        return size;
    }

    /// A size of at least one, which the caller still has to put into the model.
    long size(long whenAbsent, String... names) {
        return settings().integer(settings().nameOf(List.of(names)), 1, LARGEST, whenAbsent);
    }

    /// Whether one of the names has a value.
    boolean has(String... names) {
        return settings().has(settings().nameOf(List.of(names)));
    }

    boolean flag(String name, boolean whenAbsent) {
        return settings().flag(name, whenAbsent);
    }

    /// Puts a value into the model, which the first of the names that is there says.
    void put(String key, Object value, String... names) {
        String name = settings().nameOf(List.of(names));
        boolean said = settings().has(name);
        reading.draft()
                .set("model." + key, value, said ? settings().at(name) : typeAt(), said ? name : "default of " + type);
        for (String each : names) {
            if (settings().has(each)) {
                reading.fates().modelled(each, "model." + key);
            }
        }
    }

    /// Puts a value into the model that holds for all of this architecture.
    void always(String key, Object value) {
        reading.draft().set("model." + key, value, typeAt(), type);
    }

    /// Tells that a setting changes something that the scenario's model cannot say.
    void gap(String name, String note) {
        if (settings().has(name)) {
            reading.fates().notModelled(name, note);
        } else {
            reading.fates().absent(name, note);
        }
    }

    void noEffect(String name, String note) {
        if (settings().has(name)) {
            reading.fates().noEffect(name, note);
        }
    }

    private Position typeAt() {
        return settings().at(settings().has("model_type") ? "model_type" : "architectures");
    }
}
