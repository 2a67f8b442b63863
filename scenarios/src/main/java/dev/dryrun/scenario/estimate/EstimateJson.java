// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.estimate;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.scenario.io.JsonText;
import dev.dryrun.strategy.estimate.KeyValueCache;
import dev.dryrun.strategy.estimate.WeightFormat;
import dev.dryrun.strategy.estimate.ZeroStage;
import dev.dryrun.strategy.memory.StateBytes;
import dev.dryrun.strategy.recompute.Recompute;

/// The estimate as JSON, `dryrun/estimate/1`: SI units in the names; a figure that does not apply is absent.
public final class EstimateJson {
    private static final String SCHEMA = "dryrun/estimate/1";

    private final Estimate estimate;
    private final JsonText json = new JsonText();

    private EstimateJson(Estimate estimate) {
        this.estimate = estimate;
    }

    /// @param explain whether the formulas are written too
    public static String write(Estimate estimate, boolean explain, String version, String catalogSha256) {
        return new EstimateJson(estimate).written(explain, version, catalogSha256);
    }

    private String written(boolean explain, String version, String catalogSha256) {
        json.beginObject().field("schema", SCHEMA);
        model();
        compute();
        estimate.time().ifPresent(this::time);
        memory();
        inference();
        estimate.traffic().ifPresent(this::traffic);
        json.field("assumed", estimate.request().assumed());
        if (explain) {
            formulas();
        }
        json.key("provenance").beginObject().field("version", version);
        json.field("catalog_sha256", catalogSha256).endObject();
        return json.endObject().toString();
    }

    private void model() {
        json.key("model").beginObject().field("name", estimate.model().name());
        json.field("parameters", estimate.model().parameters());
        json.field("active_parameters", estimate.model().activeParameters()).endObject();
    }

    private void compute() {
        ComputeEstimate compute = estimate.compute();
        json.key("compute").beginObject();
        json.field("tokens", compute.training().tokens());
        json.field("tokens_optimal", compute.bestOfSize().tokens());
        json.field("flops_budget", estimate.request().training().budgetFlops());
        json.field("parameters_optimal", compute.bestOfFlops().parameters());
        json.field("flops_per_token", compute.training().perToken());
        json.field("flops_per_token_exact", compute.exactPerToken());
        json.field("flops_total", compute.training().total());
        json.field("flops_total_exact", compute.exactTotal()).endObject();
    }

    private void time(TimeEstimate time) {
        json.key("time").beginObject();
        json.field("speed", Entry.kebab(time.speed().kind()));
        json.field("speed_from", time.speed().basis());
        json.field("model_flops_per_s_per_gpu", time.speed().rate().modelFlopsPerSecond());
        json.field("tokens_per_s_per_gpu", time.tokensPerSecondPerGpu());
        json.field("mfu", time.mfu()).field("mfu_palm", time.palmMfu());
        json.field("gpu_days", time.gpuDays()).field("gpu_hours", time.gpuHours());
        if (time.gpus().isPresent()) {
            json.field("gpus", time.gpus().getAsLong());
        }
        json.field("days", time.days()).field("cost_usd", time.costUsd()).endObject();
    }

    private void memory() {
        EstimateRequest.Setup setup = estimate.request().setup();
        MemoryEstimate memory = estimate.memory();
        json.key("memory").beginObject();
        json.field("precision", Entry.kebab(setup.states().format()));
        json.field("optimizer", Entry.kebab(setup.states().optimizer()));
        json.field("tensor", setup.cut().tensor()).field("pipeline", setup.cut().stages());
        json.field("data", setup.data()).key("sequence_parallel").value((Object)
                setup.cut().sequenceParallel());
        json.field("sequence_length", setup.sequenceLength()).field("micro_batch", setup.microBatch());
        json.field("attention", Entry.kebab(setup.attention()));
        json.field("parameters_per_gpu", memory.parametersPerGpu());
        json.field("capacity_bytes", memory.capacityBytes());
        json.key("activations_bytes").beginObject();
        memory.activationBytes().forEach((recompute, bytes) -> json.field(Entry.kebab(recompute), bytes));
        json.endObject().key("by_zero_stage").beginArray();
        for (ZeroStage stage : ZeroStage.values()) {
            stage(memory, stage);
        }
        json.endArray().endObject();
    }

    private void stage(MemoryEstimate memory, ZeroStage stage) {
        StateBytes states = memory.statesOf(stage);
        json.beginObject().field("stage", stage.number());
        json.field("weights_bytes", states.weights()).field("gradients_bytes", states.gradients());
        json.field("optimizer_bytes", states.optimizer()).field("states_bytes", states.total());
        json.key("total_bytes").beginObject();
        for (Recompute recompute : memory.activationBytes().keySet()) {
            json.field(Entry.kebab(recompute), memory.totalBytes(stage, recompute));
        }
        json.endObject();
        if (memory.capacityBytes().isPresent()) {
            json.key("fits").beginObject();
            json.key("states").value((Object) memory.fits(states.total()));
            for (Recompute recompute : memory.activationBytes().keySet()) {
                json.key(Entry.kebab(recompute)).value((Object) memory.fits(memory.totalBytes(stage, recompute)));
            }
            json.endObject();
        }
        json.endObject();
    }

    private void inference() {
        InferenceEstimate inference = estimate.inference();
        json.key("inference").beginObject().key("inference_weights_bytes").beginObject();
        for (WeightFormat format : WeightFormat.values()) {
            json.field(Entry.kebab(format), inference.weightBytes().getOrDefault(format, 0.0));
        }
        json.endObject();
        json.field("sequences", inference.sequences());
        if (inference.cache().isPresent()) {
            KeyValueCache cache = inference.cache().get();
            json.field("key_value_bytes_per_token", cache.bytesPerToken());
            json.field("key_value_bytes_per_sequence", cache.bytes(1, inference.sequenceLength()));
            json.field("key_value_bytes", cache.bytes(inference.sequences(), inference.sequenceLength()));
        }
        json.endObject();
    }

    private void traffic(TrafficEstimate traffic) {
        json.key("communication").beginObject().field("replicas", traffic.replicas());
        json.key("sent_bytes_per_step").beginArray();
        for (ZeroStage stage : ZeroStage.values()) {
            json.beginObject().field("stage", stage.number());
            json.field("bytes", traffic.sentBytes().getOrDefault(stage, 0.0)).endObject();
        }
        json.endArray().endObject();
    }

    private void formulas() {
        json.key("formulas").beginObject();
        for (Formula formula : Formula.values()) {
            json.key(formula.key()).beginObject().field("formula", formula.text());
            if (!formula.source().isEmpty()) {
                json.field("source", formula.source());
            }
            json.endObject();
        }
        json.endObject();
    }
}
