// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import dev.dryrun.strategy.model.LayerStep.Activate;
import dev.dryrun.strategy.model.LayerStep.Combine;
import dev.dryrun.strategy.model.LayerStep.Copies;
import dev.dryrun.strategy.model.LayerStep.Dispatch;
import dev.dryrun.strategy.model.LayerStep.Multiply;
import dev.dryrun.strategy.model.LayerStep.MultiplyByExpert;
import dev.dryrun.strategy.model.LayerStep.Route;
import dev.dryrun.strategy.model.LayerStep.Split;
import dev.dryrun.strategy.model.StepFlops.AttentionCount;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A mixture of experts: many MLPs of which a router picks a few for each token, beside one that every token passes.
///
///     parameters = E expert + shared + h E (+ E bias)
///     active     = k expert + shared + h E (+ E bias)
///     forward    = k expert + shared + 2 s h E
///
/// for E experts, of which k are active, and h hidden. Source: Shazeer et al., 2017, arXiv:1701.06538, section 2; the
/// shared expert: Dai et al., 2024, arXiv:2401.06066, section 3.2.
///
/// @param count E
/// @param active k
/// @param expert one of them
/// @param shared what every token passes; all shared experts together are one MLP of their joint width; or null
/// @param routerBias whether the router has a bias for each expert
public record ExpertFeedForward(
        int count,
        int active,
        DenseFeedForward expert,
        @Nullable DenseFeedForward shared,
        boolean routerBias) implements FeedForward {
    public ExpertFeedForward {
        if (active < 1 || active > count) {
            throw new IllegalArgumentException("active is " + active + "; it must be from 1 to the " + count);
        }
    }

    @Override
    public long parameters() {
        return count * expert.parameters() + everyTokens();
    }

    @Override
    public long activeParameters() {
        return active * expert.parameters() + everyTokens();
    }

    @Override
    public double forwardFlops(long sequenceLength, AttentionCount attention) {
        double routed = active * expert.forwardFlops(sequenceLength, attention);
        double common = shared == null ? 0 : shared.forwardFlops(sequenceLength, attention);
        return routed + common + 2.0 * sequenceLength * router();
    }

    @Override
    public List<LayerStep> steps(LayerCut cut) {
        var copies = new Copies(active, count, cut.expert(), cut.expertTensor());
        long hidden = expert.hidden();
        long width = expert.ffnHidden() / cut.expertTensor();
        long input = expert.gated() ? 2 * width : width;
        List<LayerStep> steps = new ArrayList<>();
        steps.add(new Route(hidden, copies, routerBias ? count : 0));
        steps.add(new Dispatch(hidden, copies));
        steps.add(
                new MultiplyByExpert("experts up", input, hidden, copies, Split.COLUMNS, expert.biases() ? input : 0));
        steps.add(new Activate(width, expert.gated(), copies));
        steps.add(
                new MultiplyByExpert("experts down", hidden, width, copies, Split.ROWS, expert.biases() ? hidden : 0));
        steps.add(new Combine(hidden, copies));
        if (shared != null) {
            steps.addAll(sharedSteps(shared, cut));
        }
        return steps;
    }

    /// The shared expert reads what the router has kept.
    private static List<LayerStep> sharedSteps(DenseFeedForward shared, LayerCut cut) {
        List<LayerStep> steps = new ArrayList<>(shared.steps(cut));
        if (steps.getFirst() instanceof Multiply up) {
            steps.set(0, new Multiply("shared up", up.outputs(), up.inputs(), up.split(), false, up.biases()));
        }
        if (steps.getLast() instanceof Multiply down) {
            steps.set(
                    steps.size() - 1,
                    new Multiply("shared down", down.outputs(), down.inputs(), down.split(), true, down.biases()));
        }
        return steps;
    }

    @Override
    public @Nullable String problemWith(LayerCut cut, String of) {
        if (count % cut.expert() != 0) {
            return "expert must divide the %d experts of %s, not %d".formatted(count, of, cut.expert());
        }
        if (expert.ffnHidden() % cut.expertTensor() != 0) {
            return "expert_tensor must divide the width %d of an expert of %s, not %d"
                    .formatted(expert.ffnHidden(), of, cut.expertTensor());
        }
        return shared == null ? null : shared.problemWith(cut, of);
    }

    private long everyTokens() {
        return router() + (routerBias ? count : 0) + (shared == null ? 0 : shared.parameters());
    }

    private long router() {
        return expert.hidden() * count;
    }
}
