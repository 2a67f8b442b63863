// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.tape;

import static org.bytedeco.pytorch.global.torch.embedding;

import dev.dryrun.validation.minitrainer.measure.Clock;
import dev.dryrun.validation.train.KernelTime.Pass;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/// Rows of a table that may be one of several parts of it: rows of other parts are zero.
final class TableRows implements KernelStep {
    private final Bench bench;
    private final String name;
    private final Weight table;
    private final Tensor ids;
    private final long first;
    private @Nullable Tensor kept;
    private @Nullable Value result;

    TableRows(Bench bench, String name, Weight table, Tensor ids, long first) {
        this.bench = bench;
        this.name = name;
        this.table = table;
        this.ids = ids;
        this.first = first;
    }

    Tensor forward(boolean recording) {
        if (recording) {
            kept = Native.alias(ids);
        }
        return Tape.timed(bench, name, Pass.FORWARD, () -> {
            Tensor rows = embedding(table.tensor(), here(ids));
            return isWhole() ? rows : rows.mul_(inside(ids).unsqueeze(-1).to(rows.scalar_type()));
        });
    }

    @Override
    public void made(Value value) {
        result = value;
    }

    @Override
    public void backward() {
        if (result == null || kept == null) {
            throw new IllegalStateException("backward before forward");
        }
        Tensor gradient = result.takeGradient();
        try (PointerScope scope = Native.scope()) {
            Clock.Mark begin = bench.times().begin();
            Tensor sum = table.gradient();
            Tensor rows =
                    gradient.reshape(-1, gradient.size(gradient.dim() - 1)).to(sum.scalar_type());
            if (!isWhole()) {
                rows = rows.mul(inside(kept).reshape(-1, 1).to(sum.scalar_type()));
            }
            sum.index_add_(0, here(kept).reshape(-1), rows);
            bench.times().end(begin, name, gradient.shape(), Pass.BACKWARD);
        }
        Native.free(gradient);
        Native.free(kept);
        kept = null;
    }

    private boolean isWhole() {
        return first < 0;
    }

    private long rows() {
        return table.tensor().size(0);
    }

    /// Numbers within this part; 0 for those outside.
    private Tensor here(Tensor tokens) {
        return isWhole() ? tokens : tokens.sub(new Scalar(first)).mul(inside(tokens));
    }

    private Tensor inside(Tensor tokens) {
        return tokens.ge(new Scalar(first)).logical_and(tokens.lt(new Scalar(first + rows())));
    }
}
