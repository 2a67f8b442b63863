// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.export;

import dev.dryrun.strategy.model.BlockGroup;
import dev.dryrun.strategy.model.DenseFeedForward;
import dev.dryrun.strategy.model.ExpertFeedForward;
import dev.dryrun.strategy.model.GroupedQueryAttention;
import dev.dryrun.strategy.model.ModelArchitecture;
import dev.dryrun.validation.published.mapping.CatalogModels;
import java.util.LinkedHashMap;
import java.util.Map;

/// A model as a scenario writes it: a model of the catalog with as many layers as the row has, or the dimensions of
/// equal blocks.
final class ModelBlock {
    private final CatalogModels models;

    ModelBlock(CatalogModels models) {
        this.models = models;
    }

    /// @param words what the row calls it
    /// @throws IllegalArgumentException where a scenario cannot say it
    Map<String, Object> of(ModelArchitecture model, String words) {
        String name = models.named(words);
        if (name != null && model.equals(models.cut(name, model.layers()))) {
            Map<String, Object> block = new LinkedHashMap<>();
            block.put("extends", name);
            block.put("layers", model.layers());
            return block;
        }
        if (model.groups().size() != 1
                || !(model.groups().getFirst().sublayers().getFirst() instanceof GroupedQueryAttention attention)) {
            throw new IllegalArgumentException("the model " + model.name() + " is not made of equal blocks");
        }
        return dimensions(model, attention);
    }

    private static Map<String, Object> dimensions(ModelArchitecture model, GroupedQueryAttention attention) {
        BlockGroup group = model.groups().getFirst();
        Map<String, Object> block = new LinkedHashMap<>();
        block.put("name", model.name());
        block.put("family", "gpt");
        block.put("layers", model.layers());
        block.put("hidden", model.hidden());
        block.put("heads", attention.heads());
        block.put("key_value_heads", attention.keyValueHeads());
        block.put("head_dimension", attention.headDimension());
        switch (group.sublayers().getLast()) {
            case DenseFeedForward dense -> {
                block.put("ffn_hidden", dense.ffnHidden());
                block.put("gated_mlp", dense.gated());
            }
            case ExpertFeedForward experts -> {
                block.put("gated_mlp", true);
                Map<String, Object> dealt = new LinkedHashMap<>();
                dealt.put("count", experts.count());
                dealt.put("active", experts.active());
                dealt.put("ffn_hidden", experts.expert().ffnHidden());
                block.put("experts", dealt);
            }
            default -> throw new IllegalArgumentException("the blocks of " + model.name() + " have no MLP");
        }
        block.put("vocabulary", model.embedding().vocabulary());
        block.put("vocabulary_multiple", model.vocabularyMultiple());
        block.put("positions", model.embedding().positions());
        block.put("rotary", attention.rotary());
        block.put("biases", group.norm().biases());
        block.put("tied_head", model.tiedHead());
        block.put("dropout", model.dropout());
        return block;
    }
}
