// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.start;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.hardware.topology.NodeType;
import dev.dryrun.strategy.model.ModelArchitecture;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a field is likely to be, from the answers before it.
public final class Defaults {
    private static final long TYPICAL_SEQUENCE = 4096;
    /// A million tokens a step, as recipes of that size have them.
    private static final long TYPICAL_STEP_TOKENS = 1L << 20;

    private final Catalog catalog;

    public Defaults(Catalog catalog) {
        this.catalog = catalog;
    }

    /// The default; empty where there is none.
    public String of(Field field, Answers answers) {
        return switch (field) {
            case MODEL, NODE, TOKENS, TENSOR, STAGES, MICRO_BATCH, RECOMPUTE -> "";
            case NODES -> "1";
            case FABRIC -> isOne(answers.get(Field.NODES)) ? "single-node" : "fat-tree";
            case SEQUENCE_LENGTH -> Long.toString(sequenceLength(answers));
            case GLOBAL_BATCH -> Long.toString(globalBatch(answers));
            case PRECISION -> precision(answers);
            case STACK -> "te-2024";
            case SITE -> "default";
            case NAME -> Objects.requireNonNullElse(answers.get(Field.MODEL), "job");
        };
    }

    /// As long as the positions of the model reach, where it has any.
    private long sequenceLength(Answers answers) {
        ModelArchitecture model = read("models", answers.get(Field.MODEL), entry -> ModelArchitecture.read(entry));
        long positions = model == null ? 0 : model.embedding().positions();
        return positions == 0 ? TYPICAL_SEQUENCE : positions;
    }

    /// A typical number of tokens, in as many sequences as GPUs divide.
    private long globalBatch(Answers answers) {
        NodeType node = node(answers);
        long nodes = number(answers.get(Field.NODES), 1);
        long gpus = node == null ? 1 : nodes * node.gpus();
        long sequences = TYPICAL_STEP_TOKENS / number(answers.get(Field.SEQUENCE_LENGTH), TYPICAL_SEQUENCE);
        return Math.max(1, Math.ceilDiv(sequences, gpus)) * gpus;
    }

    private String precision(Answers answers) {
        NodeType node = node(answers);
        Accelerator accelerator = node == null ? null : read("accelerators", node.accelerator(), Accelerator::read);
        boolean bf16 = accelerator == null || accelerator.supports(Precision.BF16);
        return Entry.kebab(bf16 ? Precision.BF16 : Precision.FP16);
    }

    private @Nullable NodeType node(Answers answers) {
        return read("nodes", answers.get(Field.NODE), entry -> NodeType.read("node", entry));
    }

    /// An entry of the catalog; null where there is none, or one that is wrong, which the scenario's reader will tell.
    private <T> @Nullable T read(String kind, @Nullable String name, Function<Entry, @Nullable T> reader) {
        Document document = name == null ? null : catalog.find(kind, name, new Problems());
        if (document == null || !document.readable()) {
            return null;
        }
        try {
            return reader.apply(document.root());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static boolean isOne(@Nullable String nodes) {
        return number(nodes, 1) == 1;
    }

    private static long number(@Nullable String answer, long whenNone) {
        try {
            return answer == null ? whenNone : Math.clamp(Long.parseLong(answer), 1, 1L << 30);
        } catch (NumberFormatException e) {
            return whenNone;
        }
    }
}
