// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.strategy.model.StepFlops.AttentionCount;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a model is made of, of whatever kind: an embedding, blocks, a head. It counts parameters, operations and cache;
/// where the simulator knows all of the model's parts, [#decoder] is what it takes.
///
/// Modules that only training has ([PredictionModules]) are counted by themselves, as model cards do.
///
/// @param name as in the catalog
/// @param embedding how tokens become vectors
/// @param groups equal blocks together; with an encoder its blocks first
/// @param head what stands behind the last block
/// @param prediction modules that predict further tokens in training, or null
/// @param decoder the model as the simulator takes it, or null
/// @param obstacle why there is no such decoder, to be read after "its", or null
/// @param leftOut what the decoder lacks that the model has, though it costs hardly anything
public record ModelArchitecture(
        String name,
        Embedding embedding,
        List<BlockGroup> groups,
        Head head,
        @Nullable PredictionModules prediction,
        @Nullable TransformerModel decoder,
        @Nullable String obstacle,
        List<String> leftOut) {
    public ModelArchitecture {
        groups = List.copyOf(groups);
        leftOut = List.copyOf(leftOut);
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

    private List<ModelPart> parts() {
        List<ModelPart> parts = new ArrayList<>();
        parts.add(embedding);
        parts.addAll(groups);
        parts.add(head);
        return parts;
    }
}
