// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.deepspeed;

import dev.dryrun.scenario.imports.NearestSimulated.Sharded;
import dev.dryrun.scenario.imports.settings.Setting;
import dev.dryrun.scenario.imports.settings.Settings;
import java.util.OptionalLong;

/// ZeRO: what is sharded, and how its communication runs.
final class ZeroStages {
    private static final String BLOCK = "zero_optimization";
    private static final String STAGE = BLOCK + ".stage";
    private static final String KEY = "strategy.sharding";

    private ZeroStages() {}

    static void read(DeepSpeedConfig config) {
        Settings settings = config.settings();
        Setting block = settings.find(BLOCK);
        // Before 2020-05 the block was a flag.
        boolean flag = block != null && block.value() instanceof Boolean;
        if (block != null && block.value() != null && !flag && !block.isOff()) {
            settings.wrong(BLOCK, "must be a mapping", "{\"stage\": 1}");
            return;
        }
        if (!flag && config.isAuto(STAGE, KEY)) {
            return;
        }
        String name = flag ? BLOCK : STAGE;
        long stage = flag ? settings.flag(BLOCK, false) ? 1 : 0 : settings.integer(STAGE, 0, 3, 0);
        Sharded sharded = switch ((int) stage) {
            case 1 -> Sharded.OPTIMIZER;
            case 2 -> Sharded.GRADIENTS;
            case 3 -> Sharded.PARAMETERS;
            default -> Sharded.NOTHING;
        };
        config.reading().putNearest(KEY, sharded.nearest(), name);
        communication(config, stage);
    }

    /// Overlap and buckets are facts of the stack. Without ZeRO, DeepSpeed reduces gradients after the backward pass.
    private static void communication(DeepSpeedConfig config, long stage) {
        String overlap = BLOCK + ".overlap_comm";
        String bucket = BLOCK + ".reduce_bucket_size";
        config.reading()
                .draft()
                .set(
                        "stack.extends",
                        "megatron-deepspeed",
                        config.settings().at(overlap),
                        "assumed: the stack of the catalog that runs DeepSpeed");
        boolean overlaps = config.flag(overlap, stage == 3, "stack.data_parallel.overlap");
        if (!config.settings().says(overlap, "auto")) {
            config.reading().put("stack.data_parallel.overlap", overlaps && stage > 0, overlap);
        }
        if (config.settings().has(bucket) && !config.isAuto(bucket, "stack.data_parallel.bucket_parameters")) {
            OptionalLong parameters = config.settings().integer(bucket, 1, 1L << 50);
            parameters.ifPresent(size -> config.reading().put("stack.data_parallel.bucket_parameters", size, bucket));
        }
    }
}
