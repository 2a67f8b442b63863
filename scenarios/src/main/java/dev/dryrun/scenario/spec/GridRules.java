// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.spec;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.strategy.job.ContextExchange;
import dev.dryrun.strategy.job.Training;
import dev.dryrun.strategy.layout.RankGrid;
import dev.dryrun.strategy.model.ExpertFeedForward;
import dev.dryrun.strategy.model.LayerCut;
import dev.dryrun.strategy.model.ModelArchitecture;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rules of `context`, `expert`, `expert_tensor` and `order`, judged like those of `StrategyRules`.
final class GridRules {
    private static final String EXPERT = "expert";
    private static final String EXPERT_TENSOR = "expert_tensor";

    private final StrategyBlock strategy;
    private final Entry entry;
    private final @Nullable ModelArchitecture model;
    private final Training training;
    private final Entry trainingEntry;

    GridRules(StrategyBlock strategy, @Nullable ModelArchitecture model, Training training, Entry trainingEntry) {
        this.strategy = strategy;
        entry = strategy.entry;
        this.model = model;
        this.training = training;
        this.trainingEntry = trainingEntry;
    }

    /// @param replicas 0 where they cannot be said
    void check(int replicas) {
        sequenceSplits();
        expertsSplit();
        if (replicas > 0) {
            expertsFit(replicas);
        }
        headsSplit();
    }

    /// A sequence is cut into twice as many pieces as ranks, and a rank takes one from the front and one from the back,
    /// so that causal attention costs all the same. Source: Llama team, 2024, arXiv:2407.21783, section 3.3.2.
    private void sequenceSplits() {
        long pieces = 2L * strategy.context;
        if (strategy.context > 1
                && entry.isSound("context")
                && trainingEntry.isSound("sequence_length")
                && training.sequenceLength() % pieces != 0) {
            trainingEntry.problem(
                    "sequence_length",
                    trainingEntry.shown("sequence_length"),
                    "must be a multiple of 2 x strategy.context = " + pieces
                            + ", so that causal attention costs its ranks the same",
                    Near.multiples(training.sequenceLength(), pieces));
        }
    }

    /// Where ranks swap tokens for heads, each needs as many heads.
    private void headsSplit() {
        if (model == null
                || strategy.contextExchange != ContextExchange.ALL_TO_ALL
                || !entry.isSound("context", "tensor", "context_exchange")) {
            return;
        }
        int together = strategy.context * strategy.tensor;
        String problem = model.problemWith(LayerCut.dense(together));
        if (strategy.context > 1 && problem != null) {
            entry.problem(
                    "context",
                    entry.shown("context"),
                    "context x tensor shares the heads out where context_exchange is all-to-all, and " + problem,
                    "1");
        }
    }

    private void expertsSplit() {
        if (model == null || !entry.isSound(EXPERT)) {
            return;
        }
        List<Integer> experts = experts(model);
        if (experts.isEmpty()) {
            String rule = "needs a model with experts, and " + model.name() + " has none";
            if (strategy.expert > 1) {
                entry.problem(EXPERT, entry.shown(EXPERT), rule, "1");
            }
            if (entry.has(EXPERT_TENSOR) && entry.isSound(EXPERT_TENSOR)) {
                entry.problem(EXPERT_TENSOR, entry.shown(EXPERT_TENSOR), rule, "");
            }
            return;
        }
        for (int count : experts) {
            if (count % strategy.expert != 0) {
                entry.problem(
                        EXPERT,
                        entry.shown(EXPERT),
                        "must divide the " + count + " experts of " + model.name(),
                        Near.of(strategy.expert, 1, count, n -> count % n == 0));
            }
        }
    }

    /// How many experts the layers have that have any.
    private static List<Integer> experts(ModelArchitecture of) {
        return of.groups().stream()
                .flatMap(group -> group.sublayers().stream())
                .filter(ExpertFeedForward.class::isInstance)
                .map(sublayer -> ((ExpertFeedForward) sublayer).count())
                .distinct()
                .toList();
    }

    /// Experts fill the ranks of each stage, whichever way ranks are counted.
    private void expertsFit(int replicas) {
        if (!entry.isSound("tensor", "context", EXPERT, EXPERT_TENSOR, "data", "order")) {
            return;
        }
        var dense = new RankGrid(
                strategy.tensor,
                strategy.context,
                strategy.stages,
                replicas,
                1,
                strategy.tensor,
                strategy.order.dimensions());
        String problem = dense.problemWithExperts(strategy.expert, strategy.expertTensor);
        if (problem == null) {
            return;
        }
        boolean divides = dense.ranksOfStage() % ((long) strategy.expert * strategy.expertTensor) == 0;
        String product = "expert x expert_tensor = " + strategy.expert + " x " + strategy.expertTensor + " ";
        if (divides) {
            entry.problem("order", strategy.order.words().toString(), product + problem, "pipeline last");
        } else {
            entry.problem(
                    EXPERT,
                    entry.has(EXPERT) ? entry.shown(EXPERT) : "1",
                    product + problem,
                    Near.of(
                            strategy.expert,
                            1,
                            dense.ranksOfStage(),
                            n -> dense.problemWithExperts((int) n, strategy.expertTensor) == null));
        }
    }
}
