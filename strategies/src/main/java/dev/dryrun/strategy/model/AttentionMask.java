// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import dev.dryrun.strategy.model.StepFlops.AttentionCount;
import java.util.List;

/// Which tokens of its own sequence a token sees.
///
/// @param causal whether only those before it and itself; else all
/// @param window the nearest so many of them only; 0 where there is no such limit
/// @param dilations patterns whose results are added up in place of one of all tokens; empty where there is one
public record AttentionMask(boolean causal, int window, List<Dilation> dilations) {
    /// Every token sees every token.
    public static final AttentionMask NONE = new AttentionMask(false, 0);

    /// A token sees itself and those before it.
    public static final AttentionMask CAUSAL = new AttentionMask(true, 0);

    /// Without dilation.
    public AttentionMask(boolean causal, int window) {
        this(causal, window, List.of());
    }

    public AttentionMask {
        dilations = List.copyOf(dilations);
        if (window > 0 && !dilations.isEmpty()) {
            throw new IllegalArgumentException("window is " + window + "; it must be 0 where there are dilations");
        }
        if (window < 0 || (window > 0 && !causal)) {
            throw new IllegalArgumentException("window is " + window + "; it must be at least 0, and 0 if not causal");
        }
    }

    /// Pairs of query and key that count in a sequence of s tokens:
    ///
    ///     s^2                            all of them, or no mask
    ///     s (s + 1) / 2                  causal
    ///     w (w + 1) / 2 + (s - w) w      the last w = min(window, s) tokens, the token itself included
    ///     sum s/w (w/r)^2                segments of w of which every r-th token counts; causal (w/r) (w/r + 1) / 2
    public double pairs(long sequenceLength, AttentionCount count) {
        if (!dilations.isEmpty()) {
            double sum = 0;
            for (Dilation dilation : dilations) {
                sum += dilation.segments(sequenceLength) * each().pairs(dilation.keys(sequenceLength), count);
            }
            return sum;
        }
        return switch (count) {
            case FULL_SQUARE -> square(sequenceLength);
            case CAUSAL -> causal ? seen(sequenceLength) : square(sequenceLength);
        };
    }

    /// Pairs that a fused kernel computes, which skips blocks that are masked as a whole: half of the square where the
    /// mask is causal, `s w - w^2 / 2` with a window of w tokens.
    public double computedPairs(long sequenceLength) {
        if (!dilations.isEmpty()) {
            throw new IllegalStateException("each pattern has a kernel of its own");
        }
        double all = square(sequenceLength);
        if (!causal) {
            return all;
        }
        return window == 0 || window >= sequenceLength
                ? 0.5 * all
                : (double) sequenceLength * window - 0.5 * square(window);
    }

    /// Keys that a token is held against, on average, where scores are materialised.
    public double keysOfToken(long sequenceLength) {
        double sum = dilations.isEmpty() ? sequenceLength : 0;
        for (Dilation dilation : dilations) {
            sum += (double) dilation.keys(sequenceLength) / dilation.rate();
        }
        return sum;
    }

    /// What holds inside each segment.
    public AttentionMask each() {
        return new AttentionMask(causal, window);
    }

    private double seen(long length) {
        long seen = window == 0 ? length : Math.min(window, length);
        return seen * (seen + 1.0) / 2 + (double) (length - seen) * seen;
    }

    private static double square(long length) {
        return (double) length * length;
    }
}
