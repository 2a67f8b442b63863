// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.job;

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
        BytesPerElement fp8QueryKeyValue) {}
