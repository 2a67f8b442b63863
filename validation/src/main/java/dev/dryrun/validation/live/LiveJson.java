// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.live;

import dev.dryrun.scenario.io.JsonText;
import java.util.List;

/// Predictions beside trainings as `dryrun/live/1`.
final class LiveJson {
    private LiveJson() {}

    static String write(LiveResult result) {
        List<LiveRow> rows = result.rows();
        var json = new JsonText().beginObject().field("schema", "dryrun/live/1").field("machine", result.machine());
        json.key("rows").beginArray();
        rows.forEach(row -> row(json, row));
        json.endArray();
        score(json, "one_rank", LiveScore.with(rows, 1));
        score(json, "two_ranks", LiveScore.with(rows, 2));
        LiveScore.Order order = LiveScore.order(rows);
        json.key("order")
                .beginObject()
                .field("pairs", (long) order.pairs())
                .field("in_order", (long) order.inOrder())
                .endObject();
        result.functionTest()
                .ifPresent(test -> json.key("function_only")
                        .beginObject()
                        .field("job", test.job().name())
                        .field("first_loss", test.firstLoss())
                        .field("last_loss", test.lastLoss())
                        .endObject());
        return json.endObject().toString();
    }

    private static void row(JsonText json, LiveRow row) {
        json.beginObject()
                .field("job", row.job().name())
                .field("ranks", (long) row.job().ranks())
                .field("predicted_step_time_s", row.predicted().stepSeconds())
                .field("predicted_low_s", row.predicted().interval().lowSeconds())
                .field("predicted_high_s", row.predicted().interval().highSeconds())
                .field("interval_level", row.predicted().interval().level())
                .field("step_time_s", row.measured().stepSeconds())
                .field("step_time_error_pct", row.errorPct())
                .field("noise_pct", row.measured().noisePct());
        json.key("rounds").beginArray();
        for (Measured round : List.of(row.measured().first(), row.measured().second())) {
            json.beginObject()
                    .field("step_time_s", round.stepSeconds())
                    .field("median_step_time_s", round.medianSeconds())
                    .field("peak_bytes", round.peakBytes())
                    .endObject();
        }
        json.endArray()
                .field("predicted_peak_bytes", row.predicted().peakBytes())
                .field("peak_bytes", row.measured().peakBytes())
                .field("peak_error_pct", row.memoryErrorPct())
                .endObject();
    }

    private static void score(JsonText json, String name, List<LiveRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        LiveScore score = LiveScore.of(rows);
        json.key(name)
                .beginObject()
                .field("jobs", (long) score.rows())
                .field("mean_step_time_error_pct", score.meanErrorPct())
                .field("noise_pct", score.noisePct())
                .field("mean_peak_error_pct", score.meanMemoryErrorPct())
                .field("in_interval", (long) score.covered())
                .endObject();
    }
}
