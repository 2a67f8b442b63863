// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.huggingface;

import dev.dryrun.hardware.catalog.Nearest;
import dev.dryrun.scenario.imports.ImportSource;
import dev.dryrun.scenario.imports.Imported;
import dev.dryrun.scenario.imports.Importer;
import dev.dryrun.scenario.imports.settings.JsonSettings;
import dev.dryrun.scenario.imports.settings.KnownSettings;
import dev.dryrun.scenario.imports.settings.Reading;
import dev.dryrun.scenario.imports.settings.Settings;
import org.jspecify.annotations.Nullable;

/// Reads the `config.json` of a model into the block `model` of a scenario.
public final class HuggingFaceImporter implements Importer {
    /// Read when the first file is.
    private static final class Table {
        static final KnownSettings KNOWN = new KnownSettings(HuggingFaceImporter.class, "config-keys.txt");
    }

    private static final String TYPE = "model_type";
    private static final String CLASSES = "architectures";

    @Override
    public String name() {
        return "hf";
    }

    @Override
    public String title() {
        return "config.json of a Hugging Face model";
    }

    @Override
    public Imported read(ImportSource source) {
        var reading = new Reading(JsonSettings.read(source));
        Settings settings = reading.settings();
        if (!settings.all().isEmpty()) {
            Architecture architecture = architecture(settings);
            if (architecture != null) {
                reading.fates().modelled(TYPE, "which keys there are and what they are by default");
                reading.fates().noEffect(CLASSES, "the class that loads it");
                nameModel(reading, architecture.type());
                architecture.reader().read(new ModelConfig(reading, architecture.type()));
            }
        }
        return reading.done(Table.KNOWN);
    }

    private static @Nullable Architecture architecture(Settings settings) {
        String type = settings.text(TYPE, "");
        var classes = settings.texts(CLASSES);
        Architecture found = Architectures.ofType(type);
        for (String className : classes) {
            found = found == null ? Architectures.ofClass(className) : found;
        }
        if (found == null && !classes.isEmpty()) {
            String nearest = Nearest.quoted(classes.getFirst(), Architectures.classNames());
            settings.wrong(CLASSES, "must be an architecture that is read: " + known(), nearest);
        } else if (found == null) {
            settings.wrong(TYPE, "must be one of " + known(), Nearest.quoted(type, Architectures.types()));
        }
        return found;
    }

    private static String known() {
        return String.join(", ", Architectures.types());
    }

    /// The last part of the name under which the model was loaded, else its type.
    private static void nameModel(Reading reading, String type) {
        String loaded = reading.settings().text("_name_or_path", "").strip();
        String last = loaded.substring(loaded.lastIndexOf('/') + 1);
        reading.draft()
                .set(
                        "model.name",
                        last.isBlank() ? type : last,
                        reading.settings().at("_name_or_path"));
    }
}
