// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.megatron;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Stages with other numbers of layers than the rest, where they are not the pattern of `EmbeddingSlots`.
///
/// A first and a last stage may be given numbers of their own, and the stages between share the rest evenly; or the
/// embedding alone, or the loss alone, takes a layer's place. Each stage then splits its layers evenly over its chunks.
/// Source: Megatron-Core, `transformer_block.get_num_layers_to_build`, read 2026-11.
final class StageLayers {
    private static final String KEY = "strategy.pipeline.layers_per_stage";
    private static final int MOST = 10_000;

    private final Reading reading;
    private final long stages;
    private final long chunks;
    private final long layers;
    private final @Nullable Option first;
    private final @Nullable Option last;
    private final @Nullable Option embedding;
    private final @Nullable Option loss;

    private StageLayers(Reading reading, long stages, long chunks) {
        this.reading = reading;
        this.stages = stages;
        this.chunks = chunks;
        layers = reading.drafted("model.layers", 0);
        first = reading.find("--decoder-first-pipeline-num-layers");
        last = reading.find("--decoder-last-pipeline-num-layers");
        embedding = reading.find("--account-for-embedding-in-pipeline-split");
        loss = reading.find("--account-for-loss-in-pipeline-split");
    }

    /// Places of layers that embedding and loss take, by options of their own.
    static long slots(Reading reading) {
        return (reading.has("--account-for-embedding-in-pipeline-split") ? 1L : 0)
                + (reading.has("--account-for-loss-in-pipeline-split") ? 1L : 0);
    }

    /// @param said whether the numbers are said already
    static void read(Reading reading, long stages, long chunks, boolean said) {
        var options = new StageLayers(reading, stages, chunks);
        if (said) {
            return;
        }
        if (options.layers == 0) {
            options.unknown();
            return;
        }
        if (options.first != null || options.last != null) {
            options.ends();
        } else if (options.embedding != null) {
            options.slot(options.embedding, 0);
        } else if (options.loss != null) {
            options.slot(options.loss, stages * chunks - 1);
        }
    }

    private void unknown() {
        for (Option option : new @Nullable Option[] {first, last, embedding, loss}) {
            if (option != null) {
                option.notModelled("how many layers there are is not known, so every stage holds as many");
            }
        }
    }

    private void ends() {
        Long ofFirst = first == null ? null : reading.number(first, 0, MOST);
        Long ofLast = last == null ? null : reading.number(last, 0, MOST);
        boolean known = (first == null) == (ofFirst == null) && (last == null) == (ofLast == null);
        Option from = first != null ? first : last;
        if (!known || from == null) {
            return;
        }
        long between = stages - (first == null ? 0 : 1) - (last == null ? 0 : 1);
        long rest = layers - (ofFirst == null ? 0 : ofFirst) - (ofLast == null ? 0 : ofLast);
        if (between == 0 ? rest != 0 : rest < 0 || rest % between != 0) {
            reading.problem(
                    from,
                    from.text(),
                    between == 0
                            ? "with the other stage must make the " + layers + " layers"
                            : "must leave layers that divide among the " + between + " other stages, not " + rest,
                    "");
            return;
        }
        long usual = between == 0 ? 0 : rest / between;
        List<Long> ofStages = new ArrayList<>();
        for (long stage = 0; stage < stages; stage++) {
            Long own = stage == 0 ? ofFirst : stage == stages - 1 ? ofLast : null;
            ofStages.add(own == null ? usual : own);
        }
        write(ofStages, from);
        if (first != null && last != null) {
            last.modelled(KEY);
        }
    }

    /// One end takes a layer's place on a block.
    private void slot(Option from, long block) {
        if ((layers + 1) % (stages * chunks) != 0) {
            reading.problem(
                    from,
                    "set",
                    "stages x chunks = " + stages + " x " + chunks + " must divide the " + (layers + 1)
                            + " layers, one more for it",
                    "");
            return;
        }
        List<Long> blocks = new ArrayList<>();
        for (long at = 0; at < stages * chunks; at++) {
            blocks.add((layers + 1) / (stages * chunks) - (at == block ? 1 : 0));
        }
        reading.set(KEY, blocks, from);
        from.modelled(KEY);
    }

    /// Chunk by chunk, the stages' shares.
    private void write(List<Long> ofStages, Option from) {
        List<Long> blocks = new ArrayList<>();
        for (long chunk = 0; chunk < chunks; chunk++) {
            for (long ofStage : ofStages) {
                if (ofStage % chunks != 0) {
                    reading.problem(
                            from,
                            ofStages.toString(),
                            "layers of each stage must divide among its " + chunks + " chunks",
                            "");
                    return;
                }
                blocks.add(ofStage / chunks);
            }
        }
        reading.set(KEY, blocks, from);
        from.modelled(KEY);
    }
}
