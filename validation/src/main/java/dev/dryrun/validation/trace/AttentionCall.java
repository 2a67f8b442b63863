// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.trace;

import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.hardware.kernel.FlashAttention;
import dev.dryrun.hardware.kernel.Pass;
import dev.dryrun.validation.trace.TracedShapes.PassShape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Fused attention in 16 bits by the inputs of the operator that issued it.
///
/// Operators of PyTorch (`aten`, which ROCm has too) and of FlashAttention 2. Backward, the gradient of the result
/// comes ahead of queries, keys and values. Packed sequences of several lengths and sliding windows are left out: the
/// inputs do not tell, or not alone, how many pairs they have.
final class AttentionCall {
    private static final int NONE = -1;

    /// By operator. Source: the operators' schemas in native_functions.yaml of PyTorch since 2.5 and in
    /// flash_attn_interface.py of FlashAttention since 2.7.
    private static final Map<String, Places> PLACES = Map.ofEntries(
            Map.entry("aten::_scaled_dot_product_flash_attention", new Places(4, NONE)),
            Map.entry("aten::_scaled_dot_product_flash_attention_backward", new Places(11, NONE)),
            Map.entry("aten::_scaled_dot_product_efficient_attention", new Places(6, NONE)),
            Map.entry("aten::_scaled_dot_product_efficient_attention_backward", new Places(11, NONE)),
            Map.entry("aten::_scaled_dot_product_cudnn_attention", new Places(6, NONE)),
            Map.entry("aten::_scaled_dot_product_cudnn_attention_backward", new Places(14, NONE)),
            Map.entry("aten::_flash_attention_forward", new Places(8, 11)),
            Map.entry("aten::_flash_attention_backward", new Places(11, 15)),
            Map.entry("aten::_efficient_attention_forward", new Places(9, 13)),
            Map.entry("aten::_efficient_attention_backward", new Places(14, 18)),
            Map.entry("aten::_cudnn_attention_forward", new Places(10, NONE)),
            Map.entry("aten::_cudnn_attention_backward", new Places(14, NONE)),
            Map.entry("flash_attn::_flash_attn_forward", new Places(5, 6)),
            Map.entry("flash_attn::_flash_attn_backward", new Places(11, 12)));

    /// Where among the inputs stand the kind of the mask and the width of a sliding window.
    private record Places(int causal, int window) {}

    private static final String NO_WINDOW = "-1";

    private AttentionCall() {}

    /// The pass, with a causal mask where the call says so or does not say; empty where its size is not told.
    static Optional<PassShape> shape(OpCall call) {
        Places places = PLACES.get(call.name());
        boolean backward = call.name().endsWith("backward");
        int query = backward ? 1 : 0;
        List<Long> queries = call.shape(query);
        List<Long> keys = call.shape(query + 1);
        List<Long> values = call.shape(query + 2);
        boolean dense = queries.size() == 4 && keys.size() == 4 && values.size() == 4;
        if (places == null || !dense || !isSixteenBit(call.type(query)) || isPacked(call) || hasWindow(call, places)) {
            return Optional.empty();
        }
        boolean headsFirst =
                call.name().contains("scaled_dot_product") || call.name().contains("_cudnn_");
        long heads = queries.get(headsFirst ? 1 : 2);
        long length = queries.get(headsFirst ? 2 : 1);
        long keyLength = keys.get(headsFirst ? 2 : 1);
        double pairs = (isCausal(call.value(places.causal())) ? 0.5 : 1) * length * keyLength;
        FlashAttention attention = attention(queries.getFirst(), length, pairs, heads, queries.get(3), values.get(3));
        return Optional.ofNullable(attention)
                .map(sound -> new PassShape(sound, backward ? Pass.BACKWARD : Pass.FORWARD));
    }

    private static boolean isSixteenBit(String type) {
        return ElementTypes.precision(type).stream().anyMatch(one -> one == Precision.BF16 || one == Precision.FP16);
    }

    /// Whether the borders of sequences are among the inputs.
    private static boolean isPacked(OpCall call) {
        boolean backward = call.name().endsWith("backward");
        return call.name().startsWith("aten::_efficient_attention")
                && !call.shape(backward ? 6 : 4).isEmpty();
    }

    private static boolean hasWindow(OpCall call, Places places) {
        String width = places.window() == NONE ? "" : call.value(places.window());
        return !width.isEmpty() && !width.equals(NO_WINDOW);
    }

    /// A flag, or the number of a mask's kind, of which 0 is none.
    private static boolean isCausal(String written) {
        return !written.equals("False") && !written.equals("0");
    }

    private static @Nullable FlashAttention attention(
            long sequences, long length, double pairs, long heads, long keyDimension, long valueDimension) {
        boolean empty = sequences < 1 || length < 1 || !(pairs > 0) || heads < 1 || keyDimension < 1;
        return empty || valueDimension < 1
                ? null
                : new FlashAttention(sequences, length, pairs, heads, keyDimension, valueDimension);
    }
}
