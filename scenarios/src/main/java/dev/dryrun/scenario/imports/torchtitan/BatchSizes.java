// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.torchtitan;

import dev.dryrun.scenario.imports.NearestSimulated.PipelineOrder;
import dev.dryrun.scenario.imports.settings.Reading;
import dev.dryrun.scenario.imports.settings.Settings;
import java.util.OptionalLong;

/// Sequences per pass and per step.
///
/// The local batch is what a replica takes at once: one micro-batch, or, in a pipeline, several. Where the global batch
/// is more than all local ones together, gradients accumulate over several of them.
final class BatchSizes {
    private static final long MOST = 1L << 20;

    private final Reading reading;
    private final Settings settings;
    private final Degrees degrees;
    private final String localName;
    private final long local;

    private BatchSizes(Reading reading, Degrees degrees) {
        this.reading = reading;
        this.degrees = degrees;
        settings = reading.settings();
        localName = settings.nameOf(Names.LOCAL_BATCH);
        local = settings.integer(localName, 1, MOST, 8);
    }

    static void read(Reading reading, Degrees degrees) {
        var sizes = new BatchSizes(reading, degrees);
        reading.put(
                "training.sequence_length", sizes.settings.integer(Names.SEQUENCE, 1, 1L << 27, 2048), Names.SEQUENCE);
        sizes.microBatch();
        sizes.globalBatch();
    }

    private void microBatch() {
        if (degrees.stages() == 1) {
            reading.put("strategy.micro_batch", local, localName);
            return;
        }
        String sizeName = settings.nameOf(Names.MICRO_BATCH_SIZE);
        String countName = settings.nameOf(Names.MICRO_BATCHES);
        // Until 2025 the file said how many micro-batches there are, as many as stages by default; since then how large
        // each is.
        boolean counted =
                settings.has(countName) || settings.has(Names.STAGES.get(1)) || settings.has(Names.STAGES.get(2));
        String name = counted && !settings.has(sizeName) ? countName : sizeName;
        String schedule = settings.text(settings.nameOf(Names.SCHEDULE), "1F1B");
        if (name.equals(countName)
                && !settings.has(countName)
                && PipelineOrder.ofPyTorch(schedule).looped()) {
            reading.fates().absent(countName, "as many as stages; some versions take as many as slices of the layers");
        }
        long parts = name.equals(countName) ? settings.integer(countName, 1, MOST, degrees.stages()) : 0;
        long size = parts > 0 ? local / parts : settings.integer(sizeName, 1, MOST, 1);
        long divisor = parts > 0 ? parts : size;
        if (local % divisor != 0) {
            settings.wrong(
                    settings.has(localName) ? localName : name,
                    "the local batch of " + local + " must be a multiple of " + name + " " + divisor,
                    Long.toString(Math.max(1, local / divisor) * divisor));
            return;
        }
        reading.put("strategy.micro_batch", size, name);
        reading.fates().modelled(localName, "strategy.micro_batch");
    }

    private void globalBatch() {
        OptionalLong data = degrees.data();
        long written = settings.integer(Names.GLOBAL_BATCH, -1, 1L << 30, -1);
        if (written > 0) {
            reading.put("training.global_batch", written, Names.GLOBAL_BATCH);
            data.ifPresent(replicas -> accumulates(written, local * replicas));
            tokens(written);
        } else if (data.isPresent()) {
            long together = local * data.getAsLong();
            reading.put("training.global_batch", together, localName);
            tokens(together);
        } else {
            reading.fates().absent(Names.GLOBAL_BATCH, "open without the number of GPUs");
        }
    }

    private void accumulates(long global, long together) {
        if (global % together != 0) {
            settings.wrong(
                    Names.GLOBAL_BATCH,
                    "must be a multiple of the local batch x replicas = " + together,
                    Long.toString(Math.max(1, global / together) * together));
        } else if (degrees.stages() > 1 && global > together) {
            reading.fates()
                    .notModelled(
                            Names.GLOBAL_BATCH,
                            "the pipeline runs dry once a step, not after each of " + global / together
                                    + " local batches");
        }
    }

    private void tokens(long globalBatch) {
        OptionalLong steps = settings.integer(Names.STEPS, 1, 1L << 30);
        double tokens = (double) steps.orElse(0) * globalBatch * settings.integer(Names.SEQUENCE, 1, 1L << 27, 2048);
        if (tokens > 0 && tokens < 0x1p53) {
            reading.put("training.tokens", (long) tokens, Names.STEPS);
        }
    }
}
