// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.model;

import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.softmax;
import static org.bytedeco.pytorch.global.torch.zeros_like;

import dev.dryrun.strategy.model.ExpertFeedForward;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// A mixture of experts: each token goes to the k experts of its largest scores, whose results are weighted by the
/// softmax over those k. Source: Jiang et al., 2024, arXiv:2401.04088, section 2.1.
final class Experts {
    private Experts() {}

    static Tensor of(Tensor x, Tensor router, Tensor up, Tensor down, ExpertFeedForward experts) {
        Tensor tokens = x.reshape(-1, x.size(x.dim() - 1));
        T_TensorTensor_T best = linear(tokens, router).topk(experts.active());
        Tensor shares = softmax(best.get0(), 1, new ScalarTypeOptional(ScalarType.Float));
        Tensor chosen = best.get1();
        Tensor sum = zeros_like(tokens);
        for (int expert = 0; expert < experts.count(); expert++) {
            Tensor places = chosen.eq(new Scalar((long) expert)).nonzero();
            if (places.size(0) == 0) {
                continue;
            }
            Tensor rows = places.select(1, 0);
            Tensor flat = rows.mul(new Scalar((long) experts.active())).add(places.select(1, 1));
            Tensor share = shares.reshape(-1).index_select(0, flat).unsqueeze(1);
            Tensor inner = FeedForwardPiece.activated(
                    linear(tokens.index_select(0, rows), up.select(0, expert)),
                    experts.expert().gated());
            Tensor made = linear(inner, down.select(0, expert)).mul(share.to(tokens.scalar_type()));
            sum = sum.index_add(0, rows, made);
        }
        return sum.view(x.shape());
    }
}
