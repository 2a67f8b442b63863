// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.estimate;

import dev.dryrun.strategy.model.ModelArchitecture;
import dev.dryrun.strategy.model.StepFlops;
import dev.dryrun.strategy.model.TransformerModel;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// What estimates ask of a model. Of a model that is known by its size alone the rest is absent.
///
/// @param name for people
/// @param parameters of the whole model
/// @param activeParameters those that a token passes through; all of them unless the model has experts
/// @param keyValueElementsPerToken keys and values of a token that inference keeps, over all layers
/// @param forward counts the model's own FLOPs
/// @param positions tokens of the longest sequence that the model has positions for; 0 where nothing bounds it
/// @param decoder the model as a uniform dense decoder, whose activations and ranks are known
public record ModelFigures(
        String name,
        double parameters,
        double activeParameters,
        OptionalDouble keyValueElementsPerToken,
        @Nullable ForwardFlops forward,
        long positions,
        @Nullable TransformerModel decoder) {
    /// FLOPs of the forward pass of one sequence.
    @FunctionalInterface
    public interface ForwardFlops {
        double ofSequence(long sequenceLength, StepFlops.AttentionCount attention);
    }

    public ModelFigures {
        if (!(activeParameters >= 1) || !(parameters >= activeParameters) || Double.isInfinite(parameters)) {
            throw new IllegalArgumentException(
                    "parameters are %s, %s of them active; there must be at least one, and no more active than there are"
                            .formatted(parameters, activeParameters));
        }
    }

    /// Figures of a model; its vocabulary is not padded.
    public static ModelFigures of(ModelArchitecture model) {
        return new ModelFigures(
                model.name(),
                model.parameters(),
                model.activeParameters(),
                OptionalDouble.of((double) model.keyValueElementsPerToken()),
                model::forwardFlops,
                model.embedding().positions(),
                model.decoder());
    }

    /// Figures of a model as a job has it.
    public static ModelFigures of(TransformerModel model) {
        return new ModelFigures(
                model.name(),
                model.parameters(),
                model.parameters(),
                OptionalDouble.of(2.0 * model.layers() * model.keyValueWidth()),
                (sequenceLength, attention) ->
                        new StepFlops(model, model.vocabulary(), sequenceLength, attention).model(1) / 3,
                model.positions(),
                model);
    }

    /// Figures of a dense model of which nothing but the size is known.
    public static ModelFigures ofSize(String name, double parameters) {
        return new ModelFigures(name, parameters, parameters, OptionalDouble.empty(), null, 0, null);
    }

    /// The model's own count of the FLOPs of a token in training: forward, and backward as two forwards.
    public OptionalDouble trainingFlopsPerToken(long sequenceLength, StepFlops.AttentionCount attention) {
        return forward == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(3 * forward.ofSequence(sequenceLength, attention) / sequenceLength);
    }

    /// FLOPs of a token as PaLM's authors count them for their MFU.
    ///
    ///     6 N + 12 L H Q T
    ///
    /// N parameters, L layers, H heads of dimension Q, T tokens of a sequence; the full square of attention.
    /// Source: Chowdhery et al., 2022, arXiv:2204.02311, appendix B.
    public OptionalDouble palmFlopsPerToken(long sequenceLength) {
        return decoder == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(
                        6 * activeParameters + 12.0 * decoder.layers() * decoder.queryWidth() * sequenceLength);
    }
}
