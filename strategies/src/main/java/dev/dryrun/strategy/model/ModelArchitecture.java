// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.strategy.model.StepFlops.AttentionCount;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a model is made of, of whatever kind: an embedding, blocks, a head.
///
/// Modules that only training has ([PredictionModules]) are counted by themselves, as model cards do.
///
/// @param name as in the catalog
/// @param embedding how tokens become vectors
/// @param groups equal blocks together; with an encoder its blocks first
/// @param order for each block from the first to the last the number of its group
/// @param head what stands behind the last block
/// @param prediction modules that predict further tokens in training, or null
/// @param vocabularyMultiple each tensor rank's share of the padded vocabulary is a multiple of it
/// @param dropout whether dropout runs in training
public record ModelArchitecture(
        String name,
        Embedding embedding,
        List<BlockGroup> groups,
        List<Integer> order,
        Head head,
        @Nullable PredictionModules prediction,
        int vocabularyMultiple,
        boolean dropout) {
    public ModelArchitecture {
        groups = List.copyOf(groups);
        order = List.copyOf(order);
    }

    /// Reads a model; problems are the entry's.
    public static ModelArchitecture read(Entry entry) {
        return ModelEntry.read(entry);
    }

    /// Parameters of the whole model, a tied head counted once, without padding of the vocabulary.
    public long parameters() {
        return parts().stream().mapToLong(ModelPart::parameters).sum();
    }

    /// Parameters that work for one token: all but those of the experts that it does not pass.
    public long activeParameters() {
        return parts().stream().mapToLong(ModelPart::activeParameters).sum();
    }

    /// Parameters of embedding and head: what "non-embedding parameters" leave out.
    public long embeddingParameters() {
        return embedding.parameters() + head.parameters();
    }

    /// Operations of the matrix products of a forward pass over one sequence; with an encoder, over one such sequence
    /// each. The vocabulary is not padded.
    public double forwardFlops(long sequenceLength, AttentionCount count) {
        double sum = 0;
        for (ModelPart part : parts()) {
            sum += part.forwardFlops(sequenceLength, count);
        }
        return sum;
    }

    /// Elements of keys and values that generating a text keeps for each of its tokens, over all layers. Layers with a
    /// sliding window keep theirs only while a token is in it.
    public long keyValueElementsPerToken() {
        return parts().stream().mapToLong(ModelPart::keyValueElements).sum();
    }

    /// The same with adapters beside its matrices, and all else frozen.
    public ModelArchitecture with(Adapters adapters) {
        if (adapters.equals(adapters())) {
            return this;
        }
        return new ModelArchitecture(
                name,
                embedding,
                groups.stream().map(group -> group.with(adapters)).toList(),
                order,
                head,
                prediction == null ? null : prediction.with(adapters),
                vocabularyMultiple,
                dropout);
    }

    /// Adapters beside its matrices.
    public Adapters adapters() {
        return groups.getFirst().adapters();
    }

    /// Blocks.
    public int layers() {
        return order.size();
    }

    /// Tensors of the residual stream that a block gets from the one before it: beside the stream, inside a decoder,
    /// what the encoder made, which later blocks see as well.
    ///
    /// @param block counted from 0
    public int tensorsAhead(int block) {
        boolean inDecoder = block > 0
                && block < order.size()
                && groups.get(order.get(block - 1)).sublayers().stream().anyMatch(CrossAttention.class::isInstance);
        return inDecoder ? 2 : 1;
    }

    /// Width of the residual stream.
    public long hidden() {
        return embedding.hidden();
    }

    /// Whether the head shares the embedding's matrix.
    public boolean tiedHead() {
        return switch (head) {
            case LogitHead logits -> logits.tied();
            case Pooler ignored -> true;
        };
    }

    /// Vocabulary entries with padding, so that every tensor rank holds equally many:
    /// the next multiple of `vocabularyMultiple * tensor`.
    /// Source: Megatron-LM, `vocab_size_with_padding`.
    public long paddedVocabulary(int tensor) {
        long multiple = (long) vocabularyMultiple * tensor;
        return Math.ceilDiv(embedding.vocabulary(), multiple) * multiple;
    }

    /// Why the layers cannot be shared so, or null where they can.
    public @Nullable String problemWith(LayerCut cut) {
        for (BlockGroup group : groups) {
            for (Sublayer sublayer : group.sublayers()) {
                String problem = sublayer.problemWith(cut, name);
                if (problem != null) {
                    return problem;
                }
            }
        }
        return null;
    }

    /// What stands in the way of simulating the model, to be read after "its"; null if nothing does.
    public @Nullable String obstacle() {
        return Simulable.obstacle(this);
    }

    /// What the model is simulated without, though it costs hardly anything.
    public List<String> leftOut() {
        return Simulable.leftOut(this);
    }

    private List<ModelPart> parts() {
        List<ModelPart> parts = new ArrayList<>();
        parts.add(embedding);
        parts.addAll(groups);
        parts.add(head);
        return parts;
    }
}
