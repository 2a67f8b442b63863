// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.model;

import static org.bytedeco.pytorch.global.torch.ones;
import static org.bytedeco.pytorch.global.torch.scaled_dot_product_attention;
import static org.bytedeco.pytorch.global.torch.softmax;

import dev.dryrun.strategy.job.Stack;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// softmax(q k^T / sqrt(d)) v, each token seeing itself and those before it.
final class AttentionCore {
    private AttentionCore() {}

    /// @param joint queries, keys and values of all heads side by side, of sequence by batch
    static Tensor of(Tensor joint, Heads heads, Stack.Attention kind) {
        Tensor queries = split(joint, 0, heads.queries(), heads);
        Tensor keys = split(joint, heads.queryWidth(), heads.keys(), heads);
        Tensor values = split(joint, heads.queryWidth() + heads.keyWidth(), heads.keys(), heads);
        Tensor attended = switch (kind) {
            case FLASH ->
                scaled_dot_product_attention(
                        queries,
                        keys,
                        values,
                        new TensorOptional(),
                        0,
                        true,
                        new DoubleOptional(),
                        heads.queries() != heads.keys());
            case MATERIALISED -> materialised(queries, keys, values, heads);
        };
        return attended.permute(2, 0, 1, 3).reshape(joint.size(0), joint.size(1), heads.queryWidth());
    }

    /// Heads of one kind, of batch by head by sequence.
    private static Tensor split(Tensor joint, long begin, long count, Heads heads) {
        return joint.narrow(2, begin, count * heads.dimension())
                .view(joint.size(0), joint.size(1), count, heads.dimension())
                .permute(1, 2, 0, 3);
    }

    private static Tensor materialised(Tensor queries, Tensor keys, Tensor values, Heads heads) {
        long group = heads.queries() / heads.keys();
        Tensor allKeys = group == 1
                ? keys
                : keys.repeat_interleave(
                        group, new org.bytedeco.pytorch.LongOptional(1), new org.bytedeco.pytorch.LongOptional());
        Tensor allValues = group == 1
                ? values
                : values.repeat_interleave(
                        group, new org.bytedeco.pytorch.LongOptional(1), new org.bytedeco.pytorch.LongOptional());
        long tokens = queries.size(2);
        Tensor later =
                ones(tokens, tokens).to(queries.device(), ScalarType.Bool).triu(1);
        Tensor scores = queries.matmul(allKeys.transpose(2, 3))
                .mul(new Scalar(1 / Math.sqrt((double) heads.dimension())))
                .masked_fill(later, new Scalar(Double.NEGATIVE_INFINITY));
        Tensor shares = softmax(scores, 3, new ScalarTypeOptional(ScalarType.Float));
        return shares.to(values.scalar_type()).matmul(allValues);
    }
}
