// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import dev.dryrun.hardware.catalog.Entry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads a model from a catalog file or from a scenario. What is absent comes from the family, or follows:
///
/// | key | when absent |
/// |---|---|
/// | `key_value_heads` | `heads` |
/// | `head_dimension` | `hidden / heads` |
/// | `ffn_hidden` | `4 hidden` (GPT, BERT, RWKV), no MLP (Mamba); not asked for where every block has experts |
/// | `vocabulary_multiple` | 128 |
/// | `gated_mlp`, `rotary`, `biases`, `dropout` | as in the family |
/// | `norm_biases` | `biases` |
/// | `final_norm` | true (BERT: false) |
/// | `parallel_layers`, `parallel_norms` | false; 1: attention and MLP side by side, behind so many norms |
/// | `encoder_layers` | `layers`, which are the decoder's (T5 only) |
/// | `multi_token_prediction_layers` | 0 |
///
/// Keys that are there for people: the published `parameters` and `active_parameters`, and why the dimensions make
/// another count (`deviation`). Further keys: [EmbeddingEntry], [AttentionEntry], [RecurrenceEntry],
/// [ExpertsEntry]. Where no block has attention its keys are not asked for.
final class ModelEntry {
    static final int MAX_LAYERS = 10_000;

    private final Entry entry;
    private final ModelFamily family;
    private final int layers;
    private final ExpertsEntry experts;
    private final Widths widths;
    private final RecurrenceEntry recurrence;
    private final AttentionEntry attention;

    private ModelEntry(Entry entry) {
        this.entry = entry;
        family = entry.choice("family", ModelFamily.class);
        layers = (int) entry.integer("layers", 1, MAX_LAYERS);
        experts = ExpertsEntry.read(entry, layers);
        int hidden = (int) entry.integer("hidden", 1, Widths.MAX_WIDTH);
        recurrence = RecurrenceEntry.read(entry, family, hidden);
        widths = Widths.read(entry, family, hidden, recurrence.leavesAttention(), experts.everywhere());
        attention = AttentionEntry.read(entry, family, widths);
    }

    static ModelArchitecture read(Entry entry) {
        entry.allow(
                "schema", "title", "source", "date", "note", "extends", "parameters", "active_parameters", "deviation");
        var reader = new ModelEntry(entry);
        ModelArchitecture model = reader.model();
        entry.rejectUnknownKeys();
        return model;
    }

    private ModelArchitecture model() {
        String name = entry.text("name", Entry.kebab(family));
        boolean rotary = entry.flag("rotary", family.rotary);
        boolean relative = attention.relative() != RelativePositions.NONE;
        EmbeddingEntry ends = EmbeddingEntry.read(entry, family, widths, rotary || relative);
        List<BlockGroup> groups = new ArrayList<>();
        if (family == ModelFamily.T5) {
            groups.add(encoder());
        }
        groups.addAll(blocks());
        int predicted = (int) entry.integer("multi_token_prediction_layers", 0, MAX_LAYERS, 0);
        PredictionModules prediction = predicted == 0
                ? null
                : PredictionModules.like(groups.getLast(), predicted, widths.hidden(), widths.norm(), ends.head());
        return new ModelArchitecture(
                name,
                ends.embedding(),
                groups,
                order(groups),
                ends.head(),
                prediction,
                EmbeddingEntry.vocabularyMultiple(entry),
                entry.flag("dropout", family.dropout));
    }

    /// For each block from the first to the last the number of its group.
    private List<Integer> order(List<BlockGroup> groups) {
        List<Integer> order = new ArrayList<>();
        int encoders = family == ModelFamily.T5 ? 1 : 0;
        if (encoders > 0) {
            order.addAll(Collections.nCopies(groups.getFirst().count(), 0));
        }
        for (int number = 1; number <= layers; number++) {
            List<Sublayer> sublayers = sublayers(number);
            int group = encoders;
            while (!groups.get(group).sublayers().equals(sublayers)) {
                group++;
            }
            order.add(group);
        }
        return order;
    }

    /// Blocks of the decoder, or of BERT: equal ones together, in the order in which their kind first comes.
    private List<BlockGroup> blocks() {
        Map<List<Sublayer>, Integer> kinds = new LinkedHashMap<>();
        for (int number = 1; number <= layers; number++) {
            kinds.merge(sublayers(number), 1, Integer::sum);
        }
        List<BlockGroup> groups = new ArrayList<>();
        kinds.forEach((sublayers, count) -> groups.add(group(count, sublayers, groups.size() == kinds.size() - 1)));
        return groups;
    }

    private List<Sublayer> sublayers(int number) {
        List<Sublayer> sublayers = new ArrayList<>();
        Recurrence recurrent = recurrence.ofBlock(number);
        sublayers.add(recurrent == null ? attention.ofBlock(number) : recurrent);
        if (family == ModelFamily.T5) {
            sublayers.add(new CrossAttention(widths.hidden(), widths.heads(), widths.headDimension(), widths.biases()));
        }
        if (experts.inBlock(number)) {
            sublayers.add(experts.feedForward(widths));
        } else if (recurrent != null && recurrence.channelMix()) {
            sublayers.add(new ChannelMix(widths.hidden(), widths.ffnHidden(), recurrence.receptance()));
        } else if (widths.ffnHidden() > 0) {
            sublayers.add(dense());
        }
        return sublayers;
    }

    private BlockGroup encoder() {
        int encoderLayers = (int) entry.integer("encoder_layers", 1, MAX_LAYERS, layers);
        Attention seesAll = AttentionEntry.ofEncoder(entry, widths, attention.relative());
        return group(encoderLayers, List.of(seesAll, dense()), true);
    }

    private FeedForward dense() {
        return new DenseFeedForward(widths.hidden(), widths.ffnHidden(), widths.gatedMlp(), widths.biases());
    }

    private BlockForm form() {
        boolean decoder = family != ModelFamily.BERT && family != ModelFamily.T5;
        if (!decoder || !entry.flag("parallel_layers", false)) {
            return BlockForm.SERIAL;
        }
        return entry.integer("parallel_norms", 1, 2, 1) == 1 ? BlockForm.PARALLEL : BlockForm.PARALLEL_TWO_NORMS;
    }

    /// @param last whether a norm stands behind the blocks, and they have the biases of relative positions
    private BlockGroup group(int count, List<Sublayer> sublayers, boolean last) {
        boolean finalNorm = entry.flag("final_norm", family != ModelFamily.BERT);
        return new BlockGroup(
                count,
                sublayers,
                widths.hidden(),
                widths.norm(),
                form(),
                last && finalNorm,
                last ? (long) attention.relativeBuckets() * widths.heads() : 0);
    }
}
