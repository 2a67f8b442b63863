// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

/// A sequence in segments of w tokens, of which every r-th sees every r-th: one of the patterns that dilated attention
/// adds up. Heads begin at tokens of their own, so that together they cover all.
///
/// Of N tokens that is N / w times (w / r)^2 pairs, N w / r^2. Source: Ding et al., 2023, arXiv:2307.02486, section
/// 2.2, eqs. 6 to 8, and eq. 16.
///
/// @param segment w; a shorter sequence is one segment
/// @param rate r
public record Dilation(long segment, long rate) {
    public Dilation {
        if (segment < 1 || rate < 1 || rate > segment) {
            throw new IllegalArgumentException(
                    "segment is " + segment + " and rate " + rate + "; they must be at least 1, and rate no more");
        }
    }

    /// Tokens of a segment.
    public long span(long sequenceLength) {
        return Math.min(segment, sequenceLength);
    }

    /// Tokens of a segment that see each other.
    public long keys(long sequenceLength) {
        return Math.max(1, span(sequenceLength) / rate);
    }

    double segments(long sequenceLength) {
        return (double) sequenceLength / span(sequenceLength);
    }
}
