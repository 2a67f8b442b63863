// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.torchtitan;

import dev.dryrun.scenario.imports.NearestSimulated.PipelineOrder;
import dev.dryrun.scenario.imports.settings.Reading;
import dev.dryrun.scenario.imports.settings.Setting;
import dev.dryrun.scenario.imports.settings.Settings;
import java.util.List;

/// The pipeline: its schedule, how many slices of the layers a rank holds, and whether the slices are equal.
final class PipelineCut {
    private static final long MOST = 1L << 12;
    /// What torchtitan takes where a looped schedule says nothing else.
    private static final long SLICES_OF_LOOPED = 2;

    private final Reading reading;
    private final Settings settings;
    private final long stages;
    private final long layers;

    /// @param layers of the model; 0 where unknown
    PipelineCut(Reading reading, long stages, long layers) {
        this.reading = reading;
        this.settings = reading.settings();
        this.stages = stages;
        this.layers = layers;
    }

    void read() {
        if (stages == 1) {
            return;
        }
        reading.put("strategy.pipeline.stages", stages, settings.nameOf(Names.STAGES));
        PipelineOrder order = order();
        long chunks = Math.max(1, chunks(order.looped()));
        if (order.looped() || chunks > 1) {
            reading.put("strategy.pipeline.chunks", chunks, chunksName());
        }
        spread(stages * chunks);
    }

    private PipelineOrder order() {
        String name = settings.nameOf(Names.SCHEDULE);
        String csv = settings.nameOf(Names.SCHEDULE_FILE);
        if (!settings.text(csv, "").isEmpty()) {
            reading.put(
                    "strategy.pipeline.schedule",
                    PipelineOrder.ONE_F_ONE_B.nearest().value(),
                    csv);
            reading.fates().notModelled(csv, "simulated as 1f1b; the order in this file is not read");
            return PipelineOrder.ONE_F_ONE_B;
        }
        PipelineOrder order = PipelineOrder.ofPyTorch(settings.text(name, "1F1B"));
        reading.putNearest("strategy.pipeline.schedule", order.nearest(), name);
        return order;
    }

    private String chunksName() {
        for (String name : List.of(Names.MODULES, Names.LAYERS_PER_STAGE)) {
            if (settings.has(name)) {
                return name;
            }
        }
        String points = settings.nameOf(Names.SPLIT_POINTS);
        return settings.texts(points).isEmpty() ? settings.nameOf(Names.SCHEDULE) : points;
    }

    /// Slices that a rank holds.
    private long chunks(boolean looped) {
        String name = chunksName();
        long slices = looped ? stages * SLICES_OF_LOOPED : stages;
        if (name.equals(Names.MODULES)) {
            Setting modules = settings.find(name);
            slices = modules != null && modules.value() instanceof List<?> parts && !parts.isEmpty()
                    ? parts.size()
                    : slices;
        } else if (name.equals(Names.LAYERS_PER_STAGE)) {
            long each = settings.integer(name, 1, MOST, 1);
            slices = layers == 0 ? slices : Math.ceilDiv(layers + ends(), each);
        } else if (!settings.texts(settings.nameOf(Names.SPLIT_POINTS)).isEmpty()) {
            slices = settings.texts(name).size() + 1L;
        }
        if (slices % stages != 0) {
            settings.wrong(
                    name,
                    "it makes " + slices + " slices of the layers, which must be a multiple of the " + stages
                            + " stages",
                    "");
            return 1;
        }
        if (!looped && slices > stages) {
            settings.wrong(
                    name,
                    "it makes " + slices + " slices, and this schedule has one for each of " + stages + " ranks",
                    "");
        }
        return slices / stages;
    }

    /// Layers' worth of work that embedding and head count for.
    private long ends() {
        return settings.integer(Names.FIRST_LESS, 0, MOST, 1) + settings.integer(Names.LAST_LESS, 0, MOST, 1);
    }

    /// torchtitan counts embedding and head as a layer each unless told otherwise, and lets slices differ by one.
    private void spread(long slices) {
        for (String name : List.of(Names.FIRST_LESS, Names.LAST_LESS)) {
            if (settings.has(name)) {
                reading.fates().modelled(name, "how layers are spread over stages");
            }
        }
        if (layers == 0) {
            return;
        }
        long first = settings.integer(Names.FIRST_LESS, 0, MOST, 1);
        long last = settings.integer(Names.LAST_LESS, 0, MOST, 1);
        boolean byHand = settings.has(Names.MODULES)
                || !settings.texts(settings.nameOf(Names.SPLIT_POINTS)).isEmpty();
        if (!byHand && first == 1 && last == 1 && (layers + 2) % slices == 0) {
            reading.put("strategy.pipeline.embedding_slots", true, settings.nameOf(Names.STAGES));
            return;
        }
        String name = byHand ? chunksName() : settings.nameOf(Names.STAGES);
        List<Long> each =
                byHand ? SliceLayers.written(settings, layers) : SliceLayers.shared(layers, slices, first, last);
        if (!SliceLayers.fit(each, layers, slices)) {
            reading.fates().notModelled(name, "the " + layers + " layers are spread evenly over " + slices + " slices");
        } else if (each.stream().distinct().count() > 1) {
            reading.put("strategy.pipeline.layers_per_stage", each, name);
        }
    }
}
