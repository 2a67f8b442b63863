// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.train;

import dev.dryrun.scenario.io.JsonText;
import dev.dryrun.strategy.job.TrainingJob;
import java.util.Locale;

/// A training as `dryrun/train/1`.
final class TrainJson {
    private TrainJson() {}

    static String write(TrainingJob job, TrainingReport report, Prediction predicted) {
        TrainingOrder order = report.order();
        var json = new JsonText().beginObject();
        json.field("schema", "dryrun/train/1")
                .field("name", job.name())
                .field("device", order.device())
                .field("ranks", report.ranks())
                .field("threads", order.threads())
                .field("seed", order.seed())
                .field("text", order.text().map(Object::toString).orElse("grammar"))
                .field("learning_rate", order.learningRate())
                .field("weight_decay", order.weightDecay())
                .field("clip_norm", order.clipNorm())
                .field("parameters", report.parameters())
                .field("tokens_per_step", report.tokensPerStep())
                .field("warm_up_steps", order.warmUp())
                .field("first_loss", report.firstLoss())
                .field("last_loss", report.lastLoss())
                .field("tokens_per_s", report.tokensPerSecond());
        json.key("step_time_s")
                .beginObject()
                .field("p10", report.stepSeconds(0.1))
                .field("p50", report.stepSeconds(0.5))
                .field("p90", report.stepSeconds(0.9))
                .field("quiet", report.quietStepSeconds())
                .endObject();
        json.key("simulated")
                .beginObject()
                .field("node", predicted.machine())
                .field("step_time_s", predicted.stepSeconds())
                .endObject();
        steps(json, report);
        memory(json, report);
        kernels(json, report);
        json.field("machine", report.machine()).field("versions", report.versions());
        return json.endObject().toString();
    }

    private static void steps(JsonText json, TrainingReport report) {
        json.key("steps").beginArray();
        for (TrainedStep step : report.steps()) {
            json.beginObject()
                    .field("step", step.number())
                    .field("loss", step.loss())
                    .field("gradient_norm", step.gradientNorm())
                    .field("step_time_s", step.seconds())
                    .endObject();
        }
        json.endArray();
    }

    private static void memory(JsonText json, TrainingReport report) {
        json.key("memory").beginArray();
        for (RankMemory memory : report.memory()) {
            json.beginObject()
                    .field("rank", memory.rank())
                    .field("state_bytes", memory.stateBytes())
                    .field("peak_bytes", memory.peakBytes())
                    .endObject();
        }
        json.endArray();
    }

    private static void kernels(JsonText json, TrainingReport report) {
        json.key("kernels").beginArray();
        for (KernelTime time : report.kernels()) {
            json.beginObject()
                    .field("rank", time.rank())
                    .field("name", time.name())
                    .field("shape", time.shape())
                    .field("pass", time.pass().name().toLowerCase(Locale.ROOT))
                    .field("calls", time.calls())
                    .field("time_s", time.seconds())
                    .field("least_time_s", time.leastSeconds())
                    .field("quiet_time_s", time.quietSeconds())
                    .endObject();
        }
        json.endArray();
    }
}
