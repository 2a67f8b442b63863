// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.estimate;

import dev.dryrun.strategy.model.ModelArchitecture;
import dev.dryrun.strategy.model.StepFlops;
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
/// @param architecture the model, whose activations and ranks are known
public record ModelFigures(
        String name,
        double parameters,
        double activeParameters,
        OptionalDouble keyValueElementsPerToken,
        @Nullable ForwardFlops forward,
        long positions,
        @Nullable ModelArchitecture architecture) {
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
        return architecture == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(
                        6 * activeParameters + attentionCores(architecture, sequenceLength) / sequenceLength);
    }

    /// `12 L H Q T^2`: forward, and backward as two forwards.
    private static double attentionCores(ModelArchitecture of, long sequenceLength) {
        var flops =
                new StepFlops(of, of.embedding().vocabulary(), sequenceLength, StepFlops.AttentionCount.FULL_SQUARE);
        return 3 * flops.attentionCoresForward();
    }
}
