// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.strategy.recompute.Recompute;
import dev.dryrun.strategy.recompute.RecomputeChoice;
import dev.dryrun.validation.published.mapping.JobSketch;
import dev.dryrun.validation.published.mapping.MappedRun;
import dev.dryrun.validation.published.mapping.OpenSetting;
import dev.dryrun.validation.published.mapping.RunMapping;
import dev.dryrun.validation.published.table.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A model of 7 billion parameters on eight H100 of 80 GB, whose source is silent on what memory decides.
class OpenSettingsTest {
    private static final CatalogJobs JOBS = new CatalogJobs(new Catalog(List.of()));
    private static final StepSimulator SIMULATOR = new StepSimulator(new Catalog(List.of()));

    private final List<String> assumed = new ArrayList<>();

    @Test
    void theMicroBatchIsTheLargestThatFits() {
        JobSketch open = sketch("micro_batch", "", "recompute", "none", "global_batch", "512");
        assertEquals(Set.of(OpenSetting.MICRO_BATCH), open.open());
        JobSketch settled = SIMULATOR.settle(open, assumed);
        long chosen = settled.strategy().microBatch();
        assertTrue(chosen > 1 && chosen < 64, () -> "micro-batch " + chosen);
        assertTrue(SIMULATOR.predict(settled).fits());
        assertFalse(SIMULATOR
                .predict(settled.settled(settled.strategy().withMicroBatch(2 * chosen)))
                .fits());
        assertEquals(List.of("micro_batch " + chosen + " (the largest that fits)"), assumed);
    }

    @Test
    void moreIsComputedAgainOnlyWhereLessDoesNotFit() {
        JobSketch roomy = SIMULATOR.settle(sketch("recompute", ""), assumed);
        assertEquals(Recompute.NONE, roomy.strategy().recompute().kind());
        JobSketch some = SIMULATOR.settle(sketch("recompute", "", "micro_batch", "16"), assumed);
        assertEquals(Recompute.FULL, some.strategy().recompute().kind());
        int layers = some.strategy().recompute().layers();
        assertTrue(layers > 1 && layers < 32, () -> layers + " layers");
        assertEquals(
                List.of(
                        "recomputation none (usual with te-2025)",
                        "recomputation full of " + layers + " layers of a chunk (fewer do not fit)"),
                assumed);
        assertTrue(some.open().isEmpty());
    }

    @Test
    void whatFitsInNoWayStaysUsual() {
        JobSketch never =
                SIMULATOR.settle(sketch("recompute", "", "micro_batch", "64", "global_batch", "256"), assumed);
        assertEquals(RecomputeChoice.ofAll(Recompute.NONE), never.strategy().recompute());
        assertEquals(List.of("recomputation none (usual with te-2025; does not fit)"), assumed);
    }

    @Test
    void whatARowStatesStays() {
        JobSketch stated = sketch("recompute", "none", "micro_batch", "64", "global_batch", "512");
        assertEquals(stated, SIMULATOR.settle(stated, assumed));
        assertTrue(assumed.isEmpty());
    }

    private static JobSketch sketch(String... changes) {
        List<String> cells = new ArrayList<>(List.of(
                "hardware",
                "NVIDIA H100 80GB",
                "n_gpus",
                "8",
                "layers",
                "32",
                "hidden",
                "4096",
                "heads",
                "32",
                "ffn_hidden",
                "16384",
                "seq_len",
                "4096",
                "precision",
                "bf16",
                "tp",
                "2",
                "pp",
                "1",
                "vpp",
                "",
                "dp",
                "4",
                "zero_or_fsdp",
                "distributed optimizer",
                "sequence_parallel",
                "yes",
                "stack",
                "te-2025"));
        cells.addAll(List.of(changes));
        var mapping = new RunMapping(JOBS.names(), JOBS.models());
        return assertInstanceOf(MappedRun.Simulable.class, mapping.map(Rows.with(cells.toArray(String[]::new))))
                .sketch();
    }
}
