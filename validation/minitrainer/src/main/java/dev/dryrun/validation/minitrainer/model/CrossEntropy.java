// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.model;

import static org.bytedeco.pytorch.global.torch.arange;
import static org.bytedeco.pytorch.global.torch.cross_entropy;

import dev.dryrun.validation.minitrainer.group.Group;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Mean cross-entropy of logits whose vocabulary a tensor group shares.
///
/// With M the largest logit of a token and D the sum of exp(l - M), both over the group,
///
///     loss = log D + M - l_target,  d loss / d l = exp(l - M) / D - [target]
///
/// so the group exchanges three numbers for each token and no logits. Source: Shoeybi et al., 2019, arXiv:1909.08053,
/// section 3.
final class CrossEntropy {
    private static final double NEVER = -1e30;

    private CrossEntropy() {}

    static Tensor of(Tensor logits, Tensor targets, Group group, long vocabulary) {
        Tensor rows = logits.reshape(-1, logits.size(2)).to(ScalarType.Float);
        Tensor wanted = targets.reshape(-1);
        if (group.isAlone()) {
            return cross_entropy(rows.narrow(1, 0, vocabulary), wanted);
        }
        long width = rows.size(1);
        long first = width * group.place();
        Tensor padding =
                arange(new Scalar(width)).to(rows.device(), ScalarType.Long).ge(new Scalar(vocabulary - first));
        rows = rows.masked_fill(padding, new Scalar(NEVER));
        Tensor inside = wanted.ge(new Scalar(first)).logical_and(wanted.lt(new Scalar(first + width)));
        Tensor column = wanted.sub(new Scalar(first)).mul(inside).unsqueeze(1);
        Tensor own = rows.gather(1, column).squeeze(1).mul(inside.to(ScalarType.Float));
        Tensor largest;
        Tensor sum;
        Tensor value;
        try (NoGradGuard off = new NoGradGuard()) {
            largest = rows.amax(new long[] {1}, false);
            group.allReduceMaximum(largest);
            sum = rows.sub(largest.unsqueeze(1)).exp().sum(1);
            group.allReduce(sum);
            Tensor target = own.clone();
            group.allReduce(target);
            value = sum.log().add(largest).sub(target).mean();
        }
        // A stand-in with the gradient above; its own value is taken off again.
        Tensor shares =
                rows.sub(largest.unsqueeze(1)).exp().div(sum.unsqueeze(1)).sum(1);
        Tensor standIn = shares.sub(own).mean();
        return standIn.add(value.sub(standIn.detach()));
    }
}
