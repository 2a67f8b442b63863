// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How a framework's log counts the FLOPs of a step when it prints a rate.
///
/// B sequences of s tokens, L layers, h hidden, V vocabulary with padding. The first three are for MLPs of width 4h
/// without a gate and as many key as query heads, and are used as printed for any other model too, because the
/// frameworks did.
public enum FlopConvention {
    /// `96 B s L h^2 (1 + s/6h + V/16Lh)`: hardware FLOPs with full recomputation, whether or not anything is
    /// recomputed. Source: Narayanan et al., 2021, arXiv:2104.04473, eq. 3; also the rate of BLOOM, MT-NLG and
    /// Megatron of 2020.
    MEGATRON_SC21 {
        @Override
        public double flopsPerStep(ModelArchitecture model, long vocabulary, long sequenceLength, long globalBatch) {
            return leading(96, model, sequenceLength, globalBatch)
                    * (1
                            + sequenceLength / (6.0 * model.hidden())
                            + vocabulary / (16.0 * model.layers() * model.hidden()));
        }
    },
    /// `72 B s L h^2 (1 + s/6h + V/12Lh)`: model FLOPs, full square of attention.
    /// Source: Korthikanti et al., 2022, arXiv:2205.05198, appendix A; Megatron-Core's README figures.
    MEGATRON_CORE {
        @Override
        public double flopsPerStep(ModelArchitecture model, long vocabulary, long sequenceLength, long globalBatch) {
            return leading(72, model, sequenceLength, globalBatch)
                    * (1
                            + sequenceLength / (6.0 * model.hidden())
                            + vocabulary / (12.0 * model.layers() * model.hidden()));
        }
    },
    /// `72 B s L h^2 (1 + s/3h + V/12Lh)`: hardware FLOPs with selective recomputation as that paper counts them, the
    /// attention core twice forward and backward, where recomputing its forward pass alone would be 1 + 2s/9h.
    /// Source: Korthikanti et al., 2022, arXiv:2205.05198, appendix A.
    KORTHIKANTI_SELECTIVE {
        @Override
        public double flopsPerStep(ModelArchitecture model, long vocabulary, long sequenceLength, long globalBatch) {
            return leading(72, model, sequenceLength, globalBatch)
                    * (1
                            + sequenceLength / (3.0 * model.hidden())
                            + vocabulary / (12.0 * model.layers() * model.hidden()));
        }
    },
    /// `6 B s (L (2hq + 2hk + h u + F h) + V h + 2 L q s)`: model FLOPs, full square of attention although the
    /// kernel is causal; for Llama-2 7B `6 B s (L (4h^2 + 3hF) + V h + 2 L h s)`. q, k, u, F as in `StepFlops`.
    /// Source: NeMo 24.07 performance pages, whose tokens/s and TFLOP/s it ties together.
    NEMO {
        @Override
        public double flopsPerStep(ModelArchitecture model, long vocabulary, long sequenceLength, long globalBatch) {
            return new StepFlops(model, vocabulary, sequenceLength, StepFlops.AttentionCount.FULL_SQUARE)
                    .model(globalBatch);
        }
    };

    /// FLOPs that this convention ascribes to a step.
    public abstract double flopsPerStep(
            ModelArchitecture model, long vocabulary, long sequenceLength, long globalBatch);

    /// Name in catalog files, for example `megatron-sc21`.
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The convention of that label, or null.
    public static @Nullable FlopConvention byLabel(String label) {
        for (FlopConvention convention : values()) {
            if (convention.label().equals(label)) {
                return convention;
            }
        }
        return null;
    }

    private static double leading(double factor, ModelArchitecture model, long sequenceLength, long globalBatch) {
        return factor * globalBatch * sequenceLength * model.layers() * model.hidden() * model.hidden();
    }
}
