// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import dev.dryrun.strategy.model.LayerStep.Activate;
import dev.dryrun.strategy.model.LayerStep.Copies;
import dev.dryrun.strategy.model.LayerStep.Multiply;
import dev.dryrun.strategy.model.LayerStep.Normalise;
import dev.dryrun.strategy.model.LayerStep.Recur;
import dev.dryrun.strategy.model.LayerStep.Split;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The part of an RWKV block in which tokens learn of others: each is mixed with the one before it, makes receptance,
/// key, value (and a gate), and the state takes up key and value and answers the receptance.
///
/// D channels; parameters of a block, with those of [ChannelMix] and 4 D of its two norms:
///
///     RWKV-4   13 D^2 +  11 D        RWKV-5   13 D^2 + 14 D
///     RWKV-6   13 D^2 + (16 + 10 m + 2 w) D, m and w the ranks of mixing and decay: 464 D for 32 and 64
///     RWKV-7   12 D^2 + (19 + 2 (w + a + v + g)) D, less (2 v + 1) D in the first block
///
/// Sources: arXiv:2305.13048, eq. 14 and appendix D; arXiv:2404.05892, appendix; arXiv:2503.14456, appendix.
///
/// @param version generation
/// @param hidden D
/// @param headDimension channels of a head
/// @param ranks of the low-rank products
/// @param piece tokens that are put together as matrix products; 0 where a kernel goes from token to token
public record RwkvTimeMix(RwkvVersion version, long hidden, long headDimension, RwkvRanks ranks, int piece)
        implements Recurrence {
    @Override
    public List<LayerStep> steps(LayerCut cut) {
        long width = hidden / cut.tensor();
        List<LayerStep> steps = new ArrayList<>();
        switch (version) {
            case RWKV4 -> steps.add(shift(3));
            case RWKV5 -> steps.add(shift(4));
            case RWKV6 -> {
                long mixes = 5L * ranks.mix();
                steps.add(new Recur("token shift", hidden, hidden, hidden, 2.0 * hidden, 0, false, 6 * hidden));
                steps.add(new Multiply("mix down", mixes, hidden, Split.NONE, true, 0));
                steps.add(new Multiply("mix up", hidden, mixes, Split.NONE, true, 0));
                steps.add(new Recur("mix", 6 * hidden, 5 * hidden, 5 * hidden, 10.0 * hidden, 0, false, 0));
                addLowRank(steps, "decay", ranks.decay(), width);
            }
            case RWKV7 -> {
                steps.add(shift(6));
                addLowRank(steps, "decay", ranks.decay(), width);
                addLowRank(steps, "rate", ranks.rate(), width);
                addLowRank(steps, "value mix", ranks.value(), width);
                addLowRank(steps, "gate", ranks.gate(), width);
            }
        }
        for (String name : products()) {
            steps.add(new Multiply(name, width, hidden, Split.COLUMNS, true, 0));
        }
        addRecurrence(steps, width);
        if (version != RwkvVersion.RWKV4) {
            steps.add(new Normalise("norm of heads", width, width, true, 2 * width));
        }
        steps.add(new Activate(width, true, Copies.ONE));
        steps.add(new Multiply("output", hidden, width, Split.ROWS, true, 0));
        return steps;
    }

    /// A token mixed with the one before it, in so many ways.
    private Recur shift(int ways) {
        return new Recur("token shift", hidden, ways * hidden, hidden, 3.0 * ways * hidden, 0, false, ways * hidden);
    }

    private List<String> products() {
        return switch (version) {
            case RWKV4, RWKV7 -> List.of("receptance", "key", "value");
            case RWKV5, RWKV6 -> List.of("receptance", "key", "value", "gate");
        };
    }

    private void addLowRank(List<LayerStep> steps, String name, long rank, long width) {
        if (rank > 0) {
            steps.add(new Multiply(name + " down", rank, hidden, Split.NONE, true, 0));
            steps.add(new Multiply(name + " up", width, rank, Split.COLUMNS, true, 0));
        }
    }

    /// Vectors of the recurrence: decay and bonus; in RWKV-7 the origins of decay, rate and mixed value, and three that
    /// weigh keys and receptance.
    private void addRecurrence(List<LayerStep> steps, long width) {
        int inputs = switch (version) {
            case RWKV4, RWKV5 -> 3;
            case RWKV6 -> 4;
            case RWKV7 -> 6;
        };
        long vectors = switch (version) {
            case RWKV4, RWKV5, RWKV6 -> 2;
            case RWKV7 -> ranks.value() > 0 ? 6 : 5;
        };
        long state = version.state(headDimension) * width;
        if (piece == 0) {
            double flops = version.stateFlops(headDimension) * width;
            steps.add(new Recur("wkv", inputs * width, width, inputs * width, flops, state, true, vectors * width));
            return;
        }
        long states = state / piece;
        steps.add(new Recur(
                "pass states",
                width + 2 * states,
                width + 2 * states,
                inputs * width,
                2.0 * states,
                state,
                true,
                vectors * width));
        long heads = width / headDimension;
        Pieces.add(steps, piece, heads, heads, headDimension, headDimension);
    }

    @Override
    public @Nullable String problemWith(LayerCut cut, String of) {
        long heads = hidden / headDimension;
        return heads % cut.tensor() == 0
                ? null
                : "tensor must divide the %d heads of %s, not %d".formatted(heads, of, cut.tensor());
    }
}
