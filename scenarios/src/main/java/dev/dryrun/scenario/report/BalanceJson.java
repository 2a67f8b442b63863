// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.report;

import dev.dryrun.scenario.balance.Balance;
import dev.dryrun.scenario.balance.Trial;
import dev.dryrun.scenario.io.JsonText;

/// A balance as JSON.
public final class BalanceJson {
    private BalanceJson() {}

    /// @param yaml the balanced scenario
    public static String write(Balance balance, String yaml) {
        var json = new JsonText();
        json.beginObject().field("schema", "dryrun/balance/1");
        json.field("name", balance.before().job().name()).field("changed", balance.hasChanged());
        trial(json, "before", balance.before());
        trial(json, "after", balance.after());
        json.key("stages").beginArray();
        for (Balance.Stage stage : balance.stages()) {
            json.beginObject().field("stage", stage.stage()).field("accelerators", stage.accelerators());
            json.field("layers_before", stage.layersBefore()).field("layers_after", stage.layersAfter());
            json.field("micro_batch_before_s", stage.secondsBefore());
            json.field("micro_batch_after_s", stage.secondsAfter()).endObject();
        }
        json.endArray().field("scenario", yaml).endObject();
        return json.toString();
    }

    private static void trial(JsonText json, String key, Trial trial) {
        json.key(key).beginObject().field("step_time_s", trial.stepSeconds());
        json.field("layers_per_stage", trial.job().strategy().layersOfBlocks());
        json.field("micro_batches", trial.job().strategy().microBatchesOfReplicas());
        json.field("memory", trial.memory().verdict().key()).endObject();
    }
}
