// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.start;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.hardware.topology.NodeType;
import dev.dryrun.strategy.model.TransformerModel;
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
            case NAME -> answers.get(Field.MODEL) instanceof String model ? model : "job";
        };
    }

    /// As long as the positions of the model reach, where it has any.
    private long sequenceLength(Answers answers) {
        Entry entry = find("models", answers.get(Field.MODEL));
        long positions = entry == null ? 0 : TransformerModel.read(entry).positions();
        return positions > 0 ? positions : TYPICAL_SEQUENCE;
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
        Entry accelerator = node == null ? null : find("accelerators", node.accelerator());
        boolean bf16 = accelerator == null || Accelerator.read(accelerator).supports(Precision.BF16);
        return Entry.kebab(bf16 ? Precision.BF16 : Precision.FP16);
    }

    private @Nullable NodeType node(Answers answers) {
        String name = answers.get(Field.NODE);
        Entry entry = find("nodes", name);
        return entry == null || name == null ? null : NodeType.read(name, entry);
    }

    /// An entry of the catalog that reads without a problem; null where there is none.
    private @Nullable Entry find(String kind, @Nullable String name) {
        Document document = name == null ? null : catalog.find(kind, name, new Problems());
        return document == null || !document.readable() ? null : document.root();
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
