// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.deepspeed;

import dev.dryrun.scenario.imports.NearestSimulated.Spread;
import dev.dryrun.scenario.imports.settings.Settings;
import java.util.List;
import java.util.OptionalLong;

/// How GPUs are shared out: tensor groups, stages and sequence groups, as far as the file says so, and replicas.
final class Layout {
    private static final List<String> TENSOR =
            List.of("tensor_parallel.autotp_size", "tensor_parallel.tp_size", "tensor_parallel.tp.tp_size");
    private static final String STAGES = "pipeline.stages";
    private static final String SEQUENCE = "sequence_parallel_size";
    private static final String RECOMPUTE_INTERVAL = "pipeline.activation_checkpoint_interval";

    private Layout() {}

    /// Replicas, where the number of GPUs is known.
    static OptionalLong read(DeepSpeedConfig config, OptionalLong gpus) {
        long tensor = tensor(config);
        long stages = stages(config);
        long sequence = config.count(SEQUENCE, "").orElse(1);
        if (sequence > 1) {
            config.reading().putSpread(Spread.CONTEXT, sequence, SEQUENCE);
        } else {
            config.fates().noEffect(SEQUENCE, "sequences are whole");
        }
        if (gpus.isEmpty() || gpus.getAsLong() < 1 || gpus.getAsLong() > DeepSpeedConfig.MOST) {
            return OptionalLong.empty();
        }
        long replica = tensor * stages * sequence;
        if (gpus.getAsLong() % replica != 0) {
            String name = tensor > 1 ? config.settings().nameOf(TENSOR) : stages > 1 ? STAGES : SEQUENCE;
            config.settings()
                    .wrong(
                            name,
                            "with all degrees it makes replicas of " + replica + " GPUs, which must divide the "
                                    + gpus.getAsLong() + " GPUs given",
                            "");
            return OptionalLong.empty();
        }
        long replicas = gpus.getAsLong() / replica;
        config.reading()
                .draft()
                .set("strategy.data", replicas, config.settings().at(""), gpus.getAsLong() + " GPUs were given");
        return OptionalLong.of(replicas);
    }

    private static long tensor(DeepSpeedConfig config) {
        Settings settings = config.settings();
        String name = settings.nameOf(TENSOR);
        if (settings.has(name) && settings.says(name, "0")) {
            config.fates().noEffect(name, "products are whole");
            return 1;
        }
        OptionalLong tensor = config.count(name, "strategy.tensor");
        tensor.ifPresent(size -> config.reading().put("strategy.tensor", size, name));
        return tensor.orElse(1);
    }

    /// The number of stages is said in the training code; the file may repeat it.
    private static long stages(DeepSpeedConfig config) {
        OptionalLong stages = config.count(STAGES, "strategy.pipeline.stages");
        stages.ifPresent(count -> config.reading().put("strategy.pipeline.stages", count, STAGES));
        OptionalLong interval = config.settings().integer(RECOMPUTE_INTERVAL, 0, DeepSpeedConfig.MOST);
        if (interval.isPresent() && interval.getAsLong() > 0) {
            config.reading().put("strategy.recompute", "full", RECOMPUTE_INTERVAL);
            boolean toHost = config.settings().flag("activation_checkpointing.cpu_checkpointing", false);
            if (interval.getAsLong() > 1 && toHost) {
                config.fates().notModelled(RECOMPUTE_INTERVAL, "the host holds the input of every layer");
            } else if (interval.getAsLong() > 1) {
                config.reading().put("strategy.recompute.layers", interval.getAsLong(), RECOMPUTE_INTERVAL);
            }
        }
        return stages.orElse(1);
    }
}
