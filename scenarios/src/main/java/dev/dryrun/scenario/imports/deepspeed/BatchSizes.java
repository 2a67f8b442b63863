// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.deepspeed;

import java.util.List;
import java.util.OptionalLong;

/// The three batch sizes of a configuration, any one of which follows from the others and the number of replicas:
///
///     train_batch_size = train_micro_batch_size_per_gpu x gradient_accumulation_steps x replicas
///
/// Source: `DeepSpeedConfig._set_batch_related_parameters`; where two are absent, accumulation is 1.
final class BatchSizes {
    private static final String TRAIN = "train_batch_size";
    private static final String MICRO = "train_micro_batch_size_per_gpu";
    private static final String STEPS = "gradient_accumulation_steps";
    private static final String GLOBAL_KEY = "training.global_batch";
    private static final String MICRO_KEY = "strategy.micro_batch";

    private final DeepSpeedConfig config;
    private final OptionalLong train;
    private final OptionalLong micro;
    private final OptionalLong steps;
    private final boolean anyAuto;

    private BatchSizes(DeepSpeedConfig config) {
        this.config = config;
        anyAuto = List.of(TRAIN, MICRO, STEPS).stream()
                .anyMatch(name -> config.settings().says(name, "auto"));
        train = config.count(TRAIN, GLOBAL_KEY);
        micro = config.count(MICRO, MICRO_KEY);
        steps = config.count(STEPS, GLOBAL_KEY + " and " + MICRO_KEY);
    }

    static void read(DeepSpeedConfig config, OptionalLong replicas) {
        var sizes = new BatchSizes(config);
        if (config.settings().flag("elasticity.enabled", false)) {
            config.fates().notModelled("elasticity.enabled", "batch sizes are chosen when the job starts: give them");
            return;
        }
        if (sizes.train.isEmpty() && sizes.micro.isEmpty()) {
            sizes.neither();
        } else if (replicas.isPresent()) {
            sizes.complete(replicas.getAsLong());
        } else {
            sizes.withoutReplicas();
        }
    }

    private void neither() {
        boolean tried = config.settings().has(TRAIN) || config.settings().has(MICRO);
        if (!anyAuto && !tried) {
            config.settings().wrong(TRAIN, "it or " + MICRO + " is needed", "");
        }
        if (steps.isPresent()) {
            config.fates().notModelled(STEPS, "open: it needs a batch size beside it");
        }
    }

    private void complete(long replicas) {
        if (train.isEmpty()) {
            put(micro.getAsLong() * steps.orElse(1) * replicas, micro.getAsLong(), MICRO);
            return;
        }
        long together = micro.orElse(1) * steps.orElse(1) * replicas;
        boolean exact = micro.isPresent() && steps.isPresent();
        if (exact ? train.getAsLong() != together : train.getAsLong() % together != 0) {
            String product = (micro.isPresent() ? MICRO + " " + micro.getAsLong() + " x " : "")
                    + (steps.isPresent() ? STEPS + " " + steps.getAsLong() + " x " : "") + replicas + " replicas";
            config.settings()
                    .wrong(
                            TRAIN,
                            (exact ? "must be " : "must be a multiple of ") + product + " = " + together,
                            Long.toString(Math.max(1, train.getAsLong() / together) * together));
            return;
        }
        long microBatch = micro.orElse(train.getAsLong() / together);
        put(train.getAsLong(), microBatch, TRAIN);
    }

    /// What can be said while the number of GPUs is open; all three sizes say how many replicas there are.
    private void withoutReplicas() {
        micro.ifPresent(size -> config.reading().put(MICRO_KEY, size, MICRO));
        train.ifPresent(size -> config.reading().put(GLOBAL_KEY, size, TRAIN));
        String open = "open without the number of GPUs";
        if (train.isPresent() && micro.isPresent() && steps.isPresent()) {
            long each = micro.getAsLong() * steps.getAsLong();
            if (train.getAsLong() % each != 0) {
                config.settings()
                        .wrong(
                                TRAIN,
                                "must be a multiple of " + MICRO + " x " + STEPS + " = " + each,
                                Long.toString(Math.max(1, train.getAsLong() / each) * each));
                return;
            }
            config.reading().put("strategy.data", train.getAsLong() / each, STEPS);
        } else if (train.isEmpty()) {
            config.fates().notModelled(MICRO, open + ": " + GLOBAL_KEY);
            if (steps.isPresent()) {
                config.fates().notModelled(STEPS, open + ": " + GLOBAL_KEY);
            }
        } else if (micro.isEmpty()) {
            config.fates().notModelled(TRAIN, open + ": " + MICRO_KEY);
            if (steps.isPresent()) {
                config.fates().notModelled(STEPS, open + ": " + MICRO_KEY);
            }
        }
    }

    private void put(long globalBatch, long microBatch, String from) {
        config.reading().put(GLOBAL_KEY, globalBatch, train.isPresent() ? TRAIN : from);
        config.reading().put(MICRO_KEY, microBatch, micro.isPresent() ? MICRO : from);
        if (steps.isPresent()) {
            config.fates().modelled(STEPS, "follows from " + GLOBAL_KEY + " and " + MICRO_KEY);
        }
    }
}
