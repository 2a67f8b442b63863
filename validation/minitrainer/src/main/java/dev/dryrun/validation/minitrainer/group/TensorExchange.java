// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.group;

import static org.bytedeco.pytorch.global.torch.empty;

import dev.dryrun.validation.minitrainer.tape.Exchange;
import dev.dryrun.validation.minitrainer.tape.Native;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// What a tensor group exchanges where a layer's split matrices begin and where they end.
///
/// | | forward | backward |
/// |---|---|---|
/// | enter | nothing | all-reduce |
/// | leave | all-reduce | nothing |
/// | enter, sequence parallel | all-gather | reduce-scatter |
/// | leave, sequence parallel | reduce-scatter | all-gather |
///
/// Sources: Shoeybi et al., 2019, arXiv:1909.08053, section 3; Korthikanti et al., 2022, arXiv:2205.05198, section
/// 4.2.2. The sequence is the first dimension.
///
/// @param group tensor
/// @param sequenceParallel whether tokens are shared out outside of the split matrices
/// @param enters whether split matrices begin, else end
public record TensorExchange(Group group, boolean sequenceParallel, boolean enters) implements Exchange {
    @Override
    public Tensor forward(Tensor x) {
        return enters ? spread(x) : sum(x);
    }

    @Override
    public Tensor backward(Tensor gradient) {
        return enters ? sum(gradient) : spread(gradient);
    }

    /// From what each has to what all have.
    private Tensor spread(Tensor x) {
        try (PointerScope scope = Native.scope()) {
            if (!sequenceParallel) {
                return Native.alias(x);
            }
            Tensor whole = sized(x, x.size(0) * group.size());
            group.startAllGather(whole, x.contiguous()).await();
            return Native.keep(whole);
        }
    }

    /// From parts of a sum to the sum.
    private Tensor sum(Tensor x) {
        try (PointerScope scope = Native.scope()) {
            if (!sequenceParallel) {
                Tensor sum = x.clone();
                group.allReduce(sum);
                return Native.keep(sum);
            }
            Tensor part = sized(x, x.size(0) / group.size());
            group.startReduceScatter(part, x.contiguous()).await();
            return Native.keep(part);
        }
    }

    private static Tensor sized(Tensor like, long first) {
        long[] shape = like.shape();
        shape[0] = first;
        return empty(shape, like.options(), new org.bytedeco.pytorch.MemoryFormatOptional());
    }
}
