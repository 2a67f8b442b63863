// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.kernel;

/// Fused attention that never writes its scores.
///
/// For n sequences and a heads of keys of width d and values of width v, with P pairs of query and key that are
/// computed in each (q k of them; half where the mask is causal and the upper triangle is skipped), operations are
///
///     forward    2 n a P (d + v)          scores, weighted sum
///     backward   2 n a P (3 d + 2 v)      five products; 2.5 times forward where v = d
///
/// Source: Dao et al. 2022, arXiv:2205.14135, section 3.
///
/// @param sequences n, sequences on this accelerator
/// @param queryLength q, queries of a sequence
/// @param pairs P, of a sequence and head
/// @param heads a, query heads on this accelerator
/// @param keyDimension d, width of a query's and a key's head
/// @param valueDimension v, width of a value's head
public record FlashAttention(
        long sequences, long queryLength, double pairs, long heads, long keyDimension, long valueDimension) {
    public FlashAttention {
        if (sequences < 1 || queryLength < 1 || !(pairs > 0) || heads < 1 || keyDimension < 1 || valueDimension < 1) {
            throw new IllegalArgumentException(
                    "attention needs positive sizes, not sequences=%d queries=%d pairs=%s heads=%d head dimensions=%d and %d"
                            .formatted(sequences, queryLength, pairs, heads, keyDimension, valueDimension));
        }
    }

    /// Causal attention of whole sequences.
    public static FlashAttention causal(long sequences, long length, long heads, long headDim) {
        return new FlashAttention(sequences, length, 0.5 * length * length, heads, headDim, headDim);
    }

    /// Operations of a pass.
    public double flops(Pass pass) {
        double each = 2 * sequences * pairs * heads;
        return switch (pass) {
            case FORWARD -> each * (keyDimension + valueDimension);
            case BACKWARD -> each * (3 * keyDimension + 2 * valueDimension);
        };
    }

    /// Blocks of 128 queries, the units that are dealt out to the compute units.
    public long blocks() {
        return sequences * heads * Math.ceilDiv(queryLength, 128);
    }
}
