// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.kernel;

/// Fused attention that never writes its scores.
///
/// Operations forward: `4 n q k a d`, half of it where the mask is causal and the upper triangle is skipped; backward
/// 2.5 times as many (five products instead of two). Source: Dao et al. 2022, arXiv:2205.14135, section 3.
///
/// @param sequences n, sequences on this accelerator
/// @param queryLength q, queries of a sequence
/// @param keyLength k, keys of a sequence
/// @param heads a, query heads on this accelerator
/// @param headDim d, width of a head
public record FlashAttention(
        long sequences, long queryLength, long keyLength, long heads, long headDim, boolean causal) {
    public FlashAttention {
        if (sequences < 1 || queryLength < 1 || keyLength < 1 || heads < 1 || headDim < 1) {
            throw new IllegalArgumentException(
                    "attention needs positive sizes, not sequences=%d queries=%d keys=%d heads=%d head dimension=%d"
                            .formatted(sequences, queryLength, keyLength, heads, headDim));
        }
    }

    /// Causal attention of whole sequences.
    public static FlashAttention causal(long sequences, long length, long heads, long headDim) {
        return new FlashAttention(sequences, length, length, heads, headDim, true);
    }

    /// Operations of a pass.
    public double flops(Pass pass) {
        double forward = 4.0 * sequences * queryLength * keyLength * heads * headDim * (causal ? 0.5 : 1);
        return switch (pass) {
            case FORWARD -> forward;
            case BACKWARD -> 2.5 * forward;
        };
    }

    /// Blocks of 128 queries, the units that are dealt out to the compute units.
    public long blocks() {
        return sequences * heads * Math.ceilDiv(queryLength, 128);
    }
}
