// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.strategy.compile.Op.Collective;
import dev.dryrun.strategy.layout.Layout;
import dev.dryrun.strategy.model.Dilation;
import dev.dryrun.strategy.model.LayerStep;
import java.util.List;

/// The core of dilated attention: for each pattern of segments of w tokens and rate r every r-th token is picked, the
/// segments run as short sequences of their own, and the results are put back and added up.
///
/// Of the n tokens that a rank has, n / r are queries, against w / r keys each. Ranks that share a sequence have
/// segments of up to n tokens by themselves; of a longer one they gather the picked keys and values, w / r tokens,
/// whatever the length of the sequence, and backward the same once more and the sum of their gradients. The gather is
/// counted over all ranks of the sequence, though a segment spans w / n of them: the same bytes on each link, with more
/// latency. Source: Ding et al., 2023, arXiv:2307.02486, sections 2.2, 2.3 and 3.1.
final class DilatedCore {
    /// Read and written.
    private static final double MOVED_BYTES = 4;

    private final KernelTimes times;
    private final LayerDimensions sizes;

    DilatedCore(KernelTimes times, LayerDimensions sizes) {
        this.times = times;
        this.sizes = sizes;
    }

    void forward(List<Op> ops, LayerStep.Attend core, Category category) {
        for (Dilation dilation : core.mask().dilations()) {
            pick(ops, "pick", core.keptWidth(), dilation, category);
            gather(ops, core, dilation);
            times.attentionForward(ops, shape(core, dilation), category);
            pick(ops, "put back", core.outputWidth(), dilation, category);
        }
    }

    void backward(List<Op> ops, LayerStep.Attend core) {
        for (Dilation dilation : core.mask().dilations().reversed()) {
            pick(ops, "pick gradient", core.outputWidth() + core.keptWidth(), dilation, Category.COMPUTE);
            gather(ops, core, dilation);
            times.attentionBackward(ops, shape(core, dilation));
            if (spans(dilation)) {
                ops.add(exchange("sum gradients of segment", core, dilation, CollectiveKind.REDUCE_SCATTER));
            }
            pick(ops, "put back gradients", core.keptWidth(), dilation, Category.COMPUTE);
        }
    }

    private void pick(List<Op> ops, String name, long width, Dilation dilation, Category category) {
        double elements = (double) sizes.tokens() * width / dilation.rate();
        ops.add(times.moves(name, elements, MOVED_BYTES, category));
    }

    private void gather(List<Op> ops, LayerStep.Attend core, Dilation dilation) {
        if (spans(dilation)) {
            ops.add(exchange("gather keys and values of segment", core, dilation, CollectiveKind.ALL_GATHER));
        }
    }

    private Collective exchange(String name, LayerStep.Attend core, Dilation dilation, CollectiveKind kind) {
        long width = core.keyValueHeads() * (core.keyDimension() + core.valueDimension());
        double keys = (double) sizes.sequences() * dilation.keys(sizes.length());
        return new Collective(name, kind, keys * width * times.elementBytes(), Layout.CONTEXT, Category.CONTEXT_COMM);
    }

    /// Tokens of a sequence that this rank has.
    private long ownTokens() {
        return sizes.length() / sizes.context();
    }

    private boolean spans(Dilation dilation) {
        return dilation.span(sizes.length()) > ownTokens();
    }

    private AttentionShape shape(LayerStep.Attend core, Dilation dilation) {
        var plain = new LayerStep.Attend(
                core.heads(),
                core.keyDimension(),
                core.valueDimension(),
                core.keyValueHeads(),
                core.keptWidth(),
                core.mask().each());
        long keys = dilation.keys(sizes.length());
        if (spans(dilation)) {
            long queries = Math.max(1, ownTokens() / dilation.rate());
            return new AttentionShape(plain, sizes.sequences(), queries, keys, core.heads(), 1, sizes.pairShare());
        }
        long segments = Math.ceilDiv(ownTokens(), dilation.span(sizes.length()));
        return new AttentionShape(plain, sizes.sequences() * segments, keys, keys, core.heads(), 1, sizes.pairShare());
    }
}
