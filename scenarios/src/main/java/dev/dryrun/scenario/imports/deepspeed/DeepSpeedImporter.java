// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.deepspeed;

import dev.dryrun.scenario.imports.ImportSource;
import dev.dryrun.scenario.imports.Imported;
import dev.dryrun.scenario.imports.Importer;
import dev.dryrun.scenario.imports.settings.JsonSettings;
import dev.dryrun.scenario.imports.settings.KnownSettings;
import dev.dryrun.scenario.imports.settings.Reading;
import java.util.OptionalLong;

/// Reads a `ds_config.json` into the blocks `training`, `strategy` and `stack` of a scenario.
public final class DeepSpeedImporter implements Importer {
    /// Read when the first file is.
    private static final class Table {
        static final KnownSettings KNOWN = new KnownSettings(DeepSpeedImporter.class, "config-keys.txt");
    }

    @Override
    public String name() {
        return "deepspeed";
    }

    @Override
    public String title() {
        return "ds_config.json of DeepSpeed";
    }

    @Override
    public Imported read(ImportSource source) {
        var config = new DeepSpeedConfig(new Reading(JsonSettings.read(source)));
        if (!config.settings().all().isEmpty()) {
            OptionalLong replicas = Layout.read(config, source.gpus());
            BatchSizes.read(config, replicas);
            config.reading().draft().leaveOpen("strategy.micro_batch", "the file leaves it open; --micro-batch N");
            PrecisionChoice.read(config);
            OptimizerChoice.read(config);
            ZeroStages.read(config);
            OffloadChoice.read(config);
        }
        return config.reading().done(Table.KNOWN);
    }
}
