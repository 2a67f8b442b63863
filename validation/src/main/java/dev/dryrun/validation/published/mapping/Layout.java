// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.mapping;

import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.Sharding;
import dev.dryrun.strategy.layout.RankGrid;
import dev.dryrun.strategy.recompute.Recompute;
import dev.dryrun.validation.published.table.Column;
import java.util.Locale;

/// How a row's job is spread over GPUs.
///
/// Rules where the row is silent: data parallelism fills the GPUs; sequence parallelism is on with Transformer Engine
/// and a tensor group, off otherwise; recomputation is full with Megatron up to 2021 and DeepSpeed, selective with
/// Megatron 2022 and torchtitan, none with Transformer Engine and llm.c; the micro-batch is one sequence, or, where
/// parameters are sharded and each pass gathers them anew, all of a replica's; with Transformer Engine a pipeline is
/// interleaved with one layer a chunk where micro-batches and layers allow it, with older software it is not. Embedding
/// and head count as a layer each where only so the layers divide evenly.
final class Layout {
    private Layout() {}

    static ParallelStrategy read(Reading reading, String stack, long globalBatch, long layers) {
        boolean engine = Software.isTransformerEngine(stack);
        long gpus = reading.required(Column.N_GPUS);
        long tensor = reading.countOr(Column.TP, 1, "unstated");
        long stages = reading.countOr(Column.PP, 1, "unstated");
        long context = reading.run().count(Column.CP).orElse(1);
        double replica = (double) tensor * stages * context;
        long data = reading.run().count(Column.DP).orElse(Math.max(1, (long) (gpus / replica)));
        if (data * replica != gpus) {
            reading.obstruct("tp x pp x cp x dp is not n_gpus " + gpus);
        }
        Sharding sharding = Sharing.read(reading, stack);
        long micro = sharding == Sharding.PARAMETERS
                ? reading.countOr(Column.MICRO_BATCH, Math.max(1, globalBatch / data), "no accumulation")
                : microBatch(reading, stages);
        if (reading.free() && globalBatch % (data * micro) != 0) {
            reading.obstruct(
                    "global batch " + globalBatch + " is not a multiple of dp " + data + " x micro-batch " + micro);
        }
        long microBatches = Math.max(1, globalBatch / (data * micro));
        int chunks = chunks(reading, engine, stages, microBatches, layers);
        return new ParallelStrategy(
                        withExperts(
                                reading,
                                RankGrid.of(Math.toIntExact(tensor), Math.toIntExact(stages), Math.toIntExact(data))
                                        .withContext(Math.toIntExact(context))),
                        sequenceParallel(reading, engine, tensor),
                        chunks > 1 ? "interleaved-1f1b" : "1f1b",
                        chunks,
                        layers % (stages * chunks) != 0 && (layers + 2) % (stages * chunks) == 0,
                        sharding,
                        micro,
                        recompute(reading, stack))
                .with(Sharing.ofParameters(reading));
    }

    private static long microBatch(Reading reading, long stages) {
        if (stages == 1 && !reading.run().states(Column.MICRO_BATCH)) {
            reading.leaveOpen(OpenSetting.MICRO_BATCH);
            return 1;
        }
        return reading.countOr(Column.MICRO_BATCH, 1, "one sequence");
    }

    /// Experts as the row deals them out. Tensor groups share each as they share other matrices (Megatron-Core's
    /// default) where the ranks suffice for that, else each is whole on its rank.
    private static RankGrid withExperts(Reading reading, RankGrid grid) {
        int expert = Math.toIntExact(reading.run().count(Column.EP).orElse(1));
        if (expert == 1) {
            return grid;
        }
        if (grid.problemWithExperts(expert, grid.tensor()) == null) {
            return grid.withExperts(expert, grid.tensor());
        }
        String problem = grid.problemWithExperts(expert, 1);
        if (problem != null) {
            reading.obstruct("experts over " + expert + " ranks: " + problem);
            return grid;
        }
        reading.assume("experts that no tensor group shares");
        return grid.withExperts(expert, 1);
    }

    private static int chunks(Reading reading, boolean engine, long stages, long microBatches, long layers) {
        if (stages == 1 || reading.run().states(Column.VPP)) {
            return stages == 1 ? 1 : Math.toIntExact(reading.required(Column.VPP));
        }
        boolean possible = engine && microBatches % stages == 0 && layers % stages == 0;
        int chunks = possible ? Math.toIntExact(layers / stages) : 1;
        reading.assume(Column.VPP.header() + " " + chunks + (possible ? " (one layer a chunk)" : " (not interleaved)"));
        return chunks;
    }

    private static boolean sequenceParallel(Reading reading, boolean engine, long tensor) {
        String stated = reading.lower(Column.SEQUENCE_PARALLEL);
        if (tensor == 1 || stated.equals("yes") || stated.equals("no")) {
            return tensor > 1 && stated.equals("yes");
        }
        reading.assume("sequence parallelism " + (engine ? "on" : "off") + " (by stack)");
        return engine;
    }

    private static Recompute recompute(Reading reading, String stack) {
        String stated = reading.lower(Column.RECOMPUTE);
        for (Recompute choice : Recompute.values()) {
            if (stated.startsWith(choice.name().toLowerCase(Locale.ROOT))) {
                return choice;
            }
        }
        if (!stated.isEmpty()) {
            reading.obstruct("recomputation \"" + reading.run().text(Column.RECOMPUTE) + "\"");
        }
        boolean none = Software.isTransformerEngine(stack) || stack.equals("llm.c");
        boolean selective = stack.equals("megatron-2022") || stack.equals("torchtitan");
        Recompute usual = none ? Recompute.NONE : selective ? Recompute.SELECTIVE : Recompute.FULL;
        reading.leaveOpen(OpenSetting.RECOMPUTATION);
        return usual;
    }
}
