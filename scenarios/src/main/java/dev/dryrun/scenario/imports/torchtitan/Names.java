// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.torchtitan;

import java.util.List;
import java.util.stream.Stream;

/// Where options have stood over the years, the newest first.
final class Names {
    static final List<String> LOCAL_BATCH = List.of("training.local_batch_size", "training.batch_size");
    static final String GLOBAL_BATCH = "training.global_batch_size";
    static final String SEQUENCE = "training.seq_len";
    static final String STEPS = "training.steps";

    static final List<String> SHARD = List.of(
            "parallelism.data_parallel_shard_degree",
            "training.data_parallel_shard_degree",
            "training.data_parallel_degree");
    static final List<String> REPLICATE =
            List.of("parallelism.data_parallel_replicate_degree", "training.data_parallel_replicate_degree");
    static final List<String> TENSOR = List.of("parallelism.tensor_parallel_degree", "training.tensor_parallel_degree");
    static final List<String> CONTEXT =
            List.of("parallelism.context_parallel_degree", "experimental.context_parallel_degree");
    static final String EXPERT = "parallelism.expert_parallel_degree";
    static final String EXPERT_TENSOR = "parallelism.expert_tensor_parallel_degree";
    static final List<String> STAGES = pipeline("degree");
    static final List<String> SCHEDULE = pipeline("schedule");
    static final List<String> SCHEDULE_FILE = pipeline("schedule_csv");
    static final List<String> MICRO_BATCH_SIZE = pipeline("microbatch_size");
    static final List<String> MICRO_BATCHES = pipeline("microbatches");
    static final List<String> SPLIT_POINTS = pipeline("split_points");
    static final String LAYERS_PER_STAGE = "parallelism.pipeline_parallel_layers_per_stage";
    static final String FIRST_LESS = "parallelism.pipeline_parallel_first_stage_less_layers";
    static final String LAST_LESS = "parallelism.pipeline_parallel_last_stage_less_layers";
    static final String MODULES = "parallelism.module_fqns_per_model_part";

    private Names() {}

    private static List<String> pipeline(String option) {
        return Stream.of("parallelism", "experimental", "training")
                .map(section -> section + ".pipeline_parallel_" + option)
                .toList();
    }
}
