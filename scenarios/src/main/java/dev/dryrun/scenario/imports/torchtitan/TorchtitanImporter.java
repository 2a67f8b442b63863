// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.torchtitan;

import dev.dryrun.scenario.imports.ImportSource;
import dev.dryrun.scenario.imports.Imported;
import dev.dryrun.scenario.imports.Importer;
import dev.dryrun.scenario.imports.NearestSimulated.Update;
import dev.dryrun.scenario.imports.settings.KnownSettings;
import dev.dryrun.scenario.imports.settings.Reading;

/// Reads a job file of torchtitan into the blocks `model`, `training` and `strategy` of a scenario.
public final class TorchtitanImporter implements Importer {
    /// Read when the first file is.
    private static final class Table {
        static final KnownSettings KNOWN = new KnownSettings(TorchtitanImporter.class, "job-options.txt");
    }

    private static final String OPTIMIZER = "optimizer.name";
    private static final String IMPLEMENTATION = "optimizer.implementation";

    @Override
    public String name() {
        return "torchtitan";
    }

    @Override
    public String title() {
        return "job file of torchtitan";
    }

    @Override
    public Imported read(ImportSource source) {
        int before = source.problems().count();
        var reading = new Reading(TomlSettings.read(source));
        if (source.problems().count() == before) {
            Degrees degrees = Degrees.read(reading.settings(), source.gpus());
            long layers = ModelChoice.read(reading);
            BatchSizes.read(reading, degrees);
            PrecisionChoice.read(reading);
            String optimizer = reading.settings().text(OPTIMIZER, "AdamW");
            reading.putNearest(
                    "training.optimizer", Update.named(optimizer, false).nearest(), OPTIMIZER);
            fusion(reading);
            DataParallel.read(reading, degrees);
            new PipelineCut(reading, degrees.stages(), layers).read();
            Recomputation.read(reading);
        }
        return reading.done(Table.KNOWN);
    }

    /// PyTorch's optimizers run fused, operation by operation over many tensors, or over one after the other.
    private static void fusion(Reading reading) {
        String how = reading.settings().text(IMPLEMENTATION, "fused");
        if (how.equals("for-loop") || how.equals("foreach")) {
            reading.put("training.fused_optimizer", false, IMPLEMENTATION);
        }
        if (how.equals("foreach")) {
            reading.fates().notModelled(IMPLEMENTATION, "each kernel takes one tensor, not many");
        }
    }
}
