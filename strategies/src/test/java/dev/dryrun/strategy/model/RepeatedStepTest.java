// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.strategy.model.StepFlops.AttentionCount;
import dev.dryrun.strategy.recompute.LayerRecompute;
import dev.dryrun.strategy.recompute.Recompute;
import dev.dryrun.strategy.recompute.RecomputeChoice.Module;
import dev.dryrun.strategy.recompute.RecomputedLayer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepeatedStepTest {
    private static final long SEQUENCE = 1000;

    static List<String> simulated() {
        return CatalogModels.names().stream()
                .filter(name -> Simulable.obstacle(CatalogModels.read(name)) == null)
                .toList();
    }

    /// The products of the steps that run again have the operations that hardware FLOPs count beyond model FLOPs, which
    /// are said of whole sublayers: two ways to the same sum.
    @ParameterizedTest
    @MethodSource("simulated")
    void stepsThatRunAgainAreWhatHardwareFlopsCount(String name) {
        ModelArchitecture model = CatalogModels.read(name);
        var flops = new StepFlops(model, 1, SEQUENCE, AttentionCount.CAUSAL);
        var random = new SplittableRandom(name.hashCode());
        for (int trial = 0; trial < 20; trial++) {
            List<Module> modules = Stream.of(Module.values())
                    .filter(module -> random.nextBoolean())
                    .toList();
            LayerRecompute again =
                    modules.isEmpty() ? LayerRecompute.NONE : new LayerRecompute(Recompute.SELECTIVE, modules);
            double counted = 0;
            for (int group : model.order()) {
                for (List<LayerStep> sublayer : model.groups().get(group).steps(LayerCut.NONE)) {
                    counted += RepeatedStep.of(sublayer, modules).stream()
                            .filter(RepeatedStep::again)
                            .mapToDouble(step -> operations(step.step()))
                            .sum();
                }
            }
            List<RecomputedLayer> layers = model.order().stream()
                    .map(group -> RecomputedLayer.alone(group, again))
                    .toList();
            double beyond = flops.hardware(1, layers, LayerRecompute.NONE) - flops.model(1);
            assertEquals(beyond, counted, 1e-12 * flops.model(1), modules::toString);
        }
    }

    private static double operations(LayerStep step) {
        return switch (step) {
            case LayerStep.Multiply product -> 2.0 * SEQUENCE * product.outputs() * product.inputs();
            case LayerStep.MultiplyByExpert product ->
                2.0 * SEQUENCE * product.copies().active() * product.outputs() * product.inputs();
            case LayerStep.Route route ->
                2.0 * SEQUENCE * route.hidden() * route.copies().experts();
            case LayerStep.Attend core ->
                2.0
                        * core.heads()
                        * (core.keyDimension() + core.valueDimension())
                        * core.mask().pairs(SEQUENCE, AttentionCount.CAUSAL);
            case LayerStep other -> 0;
        };
    }

    /// A module that a layer does not have changes nothing of it.
    @ParameterizedTest
    @ValueSource(strings = {"MOE", "MOE_ACTIVATION", "SHARED_EXPERTS", "LATENT_UP_PROJECTION"})
    void aDenseLayerHasNoSuchModule(Module module) {
        for (List<LayerStep> sublayer :
                Models.llama(1, 1024, 8, 2, 4096, 1000).groups().getFirst().steps(LayerCut.NONE)) {
            for (RepeatedStep step : RepeatedStep.of(sublayer, List.of(module))) {
                assertFalse(step.again() || step.dropsInput() || step.dropsInside());
            }
        }
    }

    /// The rest of a mixture is none of a dense MLP, and a mixture is no dense MLP.
    @Test
    void aMixtureIsNoMlp() {
        ModelArchitecture mixtral = CatalogModels.read("mixtral-8x7b");
        List<LayerStep> mixture =
                mixtral.groups().getFirst().steps(LayerCut.NONE).getLast();
        assertTrue(RepeatedStep.of(mixture, List.of(Module.MLP)).stream().noneMatch(RepeatedStep::again));
        assertEquals(
                mixture.size() - 2,
                RepeatedStep.of(mixture, List.of(Module.MOE)).stream()
                        .filter(RepeatedStep::again)
                        .count());
    }

    /// An MLP beside an attention has no norm of its own; its products run again as they do behind one.
    @Test
    void anMlpWithoutANormRunsAgainAsAWhole() {
        List<LayerStep> mlp = new DenseFeedForward(1024, 4096, true, false).steps(LayerCut.NONE);
        List<RepeatedStep> repeated = RepeatedStep.of(mlp, List.of(Module.MLP, Module.LAYERNORM));
        assertTrue(repeated.stream().allMatch(RepeatedStep::again));
        assertEquals(
                List.of(false, true, true),
                repeated.stream().map(RepeatedStep::dropsInput).toList());
    }
}
