// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.job;

import dev.dryrun.hardware.catalog.Entry;
import java.util.List;

/// What the byte-bound kernels of a software stack move, which says what the stack has fused.
///
/// With `n` tokens of a micro-batch, `h` the hidden size and `F` the width of the MLP:
///
/// @param norm of `n h`, for each of the two norms of a layer
/// @param residual bias, dropout and residual addition, of `n h`, for each of the two of a layer
/// @param activation of `n F`
/// @param gatedActivation of `n F`, where the MLP has a gate
/// @param queryKeyValue bias of and splitting into queries, keys and values, of their joint width
/// @param context permutation of the attention's result, of `n h`
/// @param rotary of the width of queries and keys
/// @param scores softmax, mask and dropout of materialised scores, of `heads s^2` for each sequence
/// @param crossEntropy of `n V`, forward and backward together in `forward`
/// @param embedding of `n h`
/// @param fp8Hidden casts and transposes for fp8 products, of `n h`
/// @param fp8Context the same for the attention's result
/// @param fp8Ffn the same for the activation, of `n F`
/// @param fp8QueryKeyValue the same for the gradient of queries, keys and values
public record ElementwiseTraffic(
        BytesPerElement norm,
        BytesPerElement residual,
        BytesPerElement activation,
        BytesPerElement gatedActivation,
        BytesPerElement queryKeyValue,
        BytesPerElement context,
        BytesPerElement rotary,
        BytesPerElement scores,
        BytesPerElement crossEntropy,
        BytesPerElement embedding,
        BytesPerElement fp8Hidden,
        BytesPerElement fp8Context,
        BytesPerElement fp8Ffn,
        BytesPerElement fp8QueryKeyValue) {

    /// Kernels that move nothing, so that they take no time.
    public static final ElementwiseTraffic NONE = none();

    private static ElementwiseTraffic none() {
        var no = new BytesPerElement(0, 0);
        return new ElementwiseTraffic(no, no, no, no, no, no, no, no, no, no, no, no, no, no);
    }

    /// Reads the traffic: a list of two numbers, forward and backward, for each kernel; what a stack never runs may be
    /// absent.
    static ElementwiseTraffic read(Entry entry) {
        ElementwiseTraffic traffic = new ElementwiseTraffic(
                pair(entry, "norm"),
                pair(entry, "residual"),
                pair(entry, "activation"),
                pair(entry, "gated_activation"),
                pair(entry, "query_key_value"),
                pair(entry, "context"),
                pair(entry, "rotary"),
                pair(entry, "scores"),
                pair(entry, "cross_entropy"),
                pair(entry, "embedding"),
                pair(entry, "fp8_hidden"),
                pair(entry, "fp8_context"),
                pair(entry, "fp8_ffn"),
                pair(entry, "fp8_query_key_value"));
        entry.allow("source", "date", "status", "note");
        entry.rejectUnknownKeys();
        return traffic;
    }

    private static BytesPerElement pair(Entry entry, String key) {
        if (!entry.has(key)) {
            return new BytesPerElement(0, 0);
        }
        List<Double> both = entry.numbers(key, 0, 1000);
        if (both.size() != 2) {
            entry.problem(key, both.size() + " numbers", "must be two: bytes forward and backward", "[4, 8]");
            return new BytesPerElement(0, 0);
        }
        return new BytesPerElement(both.get(0), both.get(1));
    }
}
