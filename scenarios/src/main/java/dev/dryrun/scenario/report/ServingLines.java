// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.report;

import dev.dryrun.scenario.estimate.Formula;
import dev.dryrun.scenario.estimate.InferenceEstimate;
import dev.dryrun.scenario.estimate.TrafficEstimate;
import dev.dryrun.strategy.estimate.KeyValueCache;
import dev.dryrun.strategy.estimate.WeightFormat;
import dev.dryrun.strategy.estimate.ZeroStage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Lines of inference and of data parallelism's traffic.
final class ServingLines {
    private ServingLines() {}

    static List<EstimateLine> inference(InferenceEstimate inference) {
        List<EstimateLine> lines = new ArrayList<>();
        lines.add(EstimateLine.of(
                "weights",
                weights(inference, WeightFormat.FP16) + " fp16",
                weights(inference, WeightFormat.FP32) + " fp32, " + weights(inference, WeightFormat.INT8) + " int8, "
                        + weights(inference, WeightFormat.Q4) + " in 4 bits",
                Formula.INFERENCE_WEIGHTS));
        if (inference.cache().isPresent()) {
            KeyValueCache cache = inference.cache().get();
            String sequence = String.format(
                    Locale.ROOT,
                    "%s a sequence of %,d",
                    Magnitude.bytes(cache.bytes(1, inference.sequenceLength())),
                    inference.sequenceLength());
            String all = inference.sequences() == 1
                    ? ""
                    : String.format(
                            Locale.ROOT,
                            ", %s for %,d",
                            Magnitude.bytes(cache.bytes(inference.sequences(), inference.sequenceLength())),
                            inference.sequences());
            lines.add(EstimateLine.of(
                    "keys and values",
                    Magnitude.bytes(cache.bytesPerToken()) + " a token",
                    sequence + all,
                    Formula.KEY_VALUES));
        }
        return lines;
    }

    static List<EstimateLine> traffic(TrafficEstimate traffic) {
        List<EstimateLine> lines = new ArrayList<>();
        String before = "";
        for (ZeroStage stage : ZeroStage.values()) {
            String sent = Magnitude.bytes(traffic.sentBytes().getOrDefault(stage, 0.0));
            if (sent.equals(before)) {
                EstimateLine last = lines.removeLast();
                String first = last.label().replaceFirst(" to .*", "");
                lines.add(new EstimateLine(first + " to " + stage.number(), sent, last.note(), last.formulas()));
            } else if (lines.isEmpty()) {
                String note = String.format(Locale.ROOT, "a step and GPU, among %,d replicas", traffic.replicas());
                lines.add(EstimateLine.of("ZeRO-" + stage.number(), sent, note, Formula.SENT));
            } else {
                lines.add(EstimateLine.of("ZeRO-" + stage.number(), sent, ""));
            }
            before = sent;
        }
        return lines;
    }

    private static String weights(InferenceEstimate inference, WeightFormat format) {
        return Magnitude.bytes(inference.weightBytes().getOrDefault(format, 0.0));
    }
}
