// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.simulate;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.scenario.evidence.Evidence;
import dev.dryrun.scenario.evidence.PredictionInterval;
import dev.dryrun.scenario.evidence.Residual;
import dev.dryrun.scenario.io.JsonText;

/// The result as JSON, `dryrun/result/1`: SI units in the names, the same bytes for the same result.
public final class ResultJson {
    private static final String SCHEMA = "dryrun/result/1";

    private ResultJson() {}

    public static String write(StepResult result) {
        JsonText json = new JsonText().beginObject();
        json.field("schema", SCHEMA).field("name", result.name()).field("gpus", result.gpus());
        json.field("step_time_s", result.stepSeconds());
        interval(json, result.evidence().interval());
        json.field("tokens_per_s", result.tokensPerSecond());
        json.field("tokens_per_s_per_gpu", result.tokensPerSecondPerGpu());
        StepResult.FlopRates flops = result.flops();
        json.field("model_flops_per_s_per_gpu", flops.modelPerSecond());
        json.field("hardware_flops_per_s_per_gpu", flops.hardwarePerSecond());
        json.field("framework_tflops_per_gpu", flops.frameworkTeraPerSecond());
        json.field("mfu", flops.mfu()).field("hfu", flops.hfu());
        json.field("breakdown_s", result.breakdownSeconds());
        json.field("busy_s", result.busySeconds());
        json.field("critical_path_s", result.criticalPathSeconds());
        result.memory().ifPresent(memory -> memory(json, memory));
        json.field("warnings", result.warnings());
        json.field("assumed", result.assumed());
        json.field("extrapolated", result.extrapolated());
        json.field("uncalibrated", result.uncalibrated());
        evidence(json, result.evidence());
        result.training()
                .ifPresent(training -> json.key("training")
                        .beginObject()
                        .field("days_without_failures", training.daysWithoutFailures())
                        .field("gpu_hours", training.gpuHours())
                        .endObject());
        StepResult.Provenance provenance = result.provenance();
        json.key("provenance").beginObject().field("version", provenance.version());
        json.field("catalog_sha256", provenance.catalogSha256()).field("seed", provenance.seed());
        json.field("collectives", Entry.kebab(provenance.grain()));
        json.field("resolved_scenario", provenance.resolvedScenario()).endObject();
        return json.endObject().toString();
    }

    private static void interval(JsonText json, PredictionInterval interval) {
        json.key("interval").beginObject().field("level", interval.level());
        json.field("low_s", interval.lowSeconds())
                .field("high_s", interval.highSeconds())
                .endObject();
    }

    private static void evidence(JsonText json, Evidence evidence) {
        json.key("evidence").beginObject().field("grade", evidence.grade().name());
        json.key("nearest").beginArray();
        for (Evidence.Near near : evidence.nearest()) {
            Residual run = near.run();
            json.beginObject().field("id", run.id()).field("source", run.source());
            json.field("hardware", run.hardware()).field("gpus", run.features().gpus());
            json.field("model", run.features().model()).field("error_pct", run.errorPct());
            json.field("distance", near.distance()).endObject();
        }
        json.endArray().endObject();
    }

    private static void memory(JsonText json, MemoryUse memory) {
        MemoryUse.Stage fullest = memory.fullest();
        json.key("memory_bytes").beginObject();
        figures(json, fullest);
        json.field("capacity", memory.capacityBytes());
        json.field("verdict", memory.verdict().key());
        if (memory.verdict() == MemoryUse.Verdict.DOES_NOT_FIT) {
            json.field("over", memory.overBytes());
        }
        json.field("fullest_stage", fullest.stage());
        peak(json, fullest);
        json.key("by_stage").beginArray();
        for (MemoryUse.Stage stage : memory.byStage()) {
            json.beginObject().field("stage", stage.stage());
            figures(json, stage);
            if (memory.capacitiesDiffer()) {
                json.field("capacity", stage.capacityBytes());
            }
            peak(json, stage);
            categories(json, stage);
            json.endObject();
        }
        json.endArray();
        categories(json, fullest);
        if (memory.verdict() == MemoryUse.Verdict.DOES_NOT_FIT) {
            remedies(json, memory);
        }
        json.endObject();
    }

    private static void figures(JsonText json, MemoryUse.Stage stage) {
        json.field("allocated", stage.allocatedBytes());
        json.field("reserved", stage.reservedBytes());
        json.field("device", stage.deviceBytes());
    }

    private static void peak(JsonText json, MemoryUse.Stage stage) {
        MemoryUse.Peak peak = stage.peak();
        json.key("peak").beginObject().field("instruction", peak.instruction());
        if (peak.microBatch().isPresent()) {
            json.field("micro_batch", peak.microBatch().getAsInt());
        }
        if (!peak.part().isEmpty()) {
            json.field("part", peak.part());
        }
        json.field("at_s", peak.atSeconds()).field("of_step", peak.ofStep()).endObject();
    }

    private static void categories(JsonText json, MemoryUse.Stage stage) {
        json.key("by_category").beginObject();
        stage.byCategory().forEach((category, bytes) -> json.field(category.key(), bytes));
        json.endObject();
    }

    private static void remedies(JsonText json, MemoryUse memory) {
        json.key("would_fit").beginArray();
        for (MemoryUse.Remedy remedy : memory.wouldFit()) {
            json.beginObject().field("changes", remedy.changes()).field("gpus", remedy.gpus());
            json.field("step_time_s", remedy.stepSeconds());
            json.field("device", remedy.deviceBytes()).endObject();
        }
        json.endArray();
    }
}
