// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.dryrun.strategy.job.Routing;
import dev.dryrun.strategy.model.DenseFeedForward;
import dev.dryrun.strategy.model.ExpertFeedForward;
import dev.dryrun.strategy.model.LatentAttention;
import dev.dryrun.strategy.model.LayerCut;
import dev.dryrun.strategy.model.LayerStep;
import dev.dryrun.strategy.model.Models;
import dev.dryrun.strategy.model.Sublayer;
import dev.dryrun.strategy.recompute.LayerRecompute;
import dev.dryrun.strategy.recompute.Recompute;
import dev.dryrun.strategy.recompute.RecomputeChoice.Module;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What modules that are computed again keep no more, by the tensors that Megatron's drop. 16-bit elements.
class RecomputedModulesTest {
    private static final long H = 1024;
    private static final long S = 2048;

    private static double dropped(LayerActivations layer, Module... modules) {
        return layer.kept(LayerRecompute.NONE) - layer.kept(new LayerRecompute(Recompute.SELECTIVE, List.of(modules)));
    }

    private static LayerActivations layer(List<List<LayerStep>> steps, int residualRanks) {
        return new LayerActivations(steps, new TokenSpread(residualRanks, false, Routing.EVEN), true, S, 2, false);
    }

    private static List<List<LayerStep>> alone(Sublayer sublayer, LayerCut cut) {
        List<LayerStep> steps = new ArrayList<>();
        steps.add(new LayerStep.Normalise("norm", H, H, false, H));
        steps.addAll(sublayer.steps(cut));
        steps.add(new LayerStep.AddResidual(H));
        return List.of(steps);
    }

    /// A gated MLP of width F on t ranks: outputs of gate and up, and their product, 2 (2F + F)/t; its input stays. The
    /// outputs of both norms: 4h/r.
    @Test
    void denseLayer() {
        var llama = Models.llama(1, (int) H, 8, 2, 4096, 1000);
        for (int t : new int[] {1, 2}) {
            LayerActivations layer = layer(llama.groups().getFirst().steps(LayerCut.dense(t)), t);
            assertEquals(2.0 * 3 * 4096 / t, dropped(layer, Module.MLP));
            assertEquals(4.0 * H / t, dropped(layer, Module.LAYERNORM));
            assertEquals(4.0 * 8 / t, dropped(layer, Module.CORE_ATTENTION));
            assertEquals(
                    2.0 * 3 * 4096 / t + 4.0 * H / t + 4.0 * 8 / t,
                    dropped(layer, Module.MLP, Module.LAYERNORM, Module.CORE_ATTENTION));
        }
    }

    /// k copies of each token pass experts of width F: the product that goes into the second matrix, 2 k F. Beside them
    /// a shared expert of width G, 2 (2G + G). As a whole: copies 2 k h, both products 2 k (2F + F), the router's 16 E
    /// + 16 k, the shared expert; the router's input stays.
    @Test
    void mixture() {
        int k = 2;
        int experts = 8;
        long f = 512;
        long g = 256;
        var mixture = new ExpertFeedForward(
                experts, k, new DenseFeedForward(H, f, true, false), new DenseFeedForward(H, g, true, false), false);
        LayerActivations layer = layer(alone(mixture, LayerCut.NONE), 1);
        assertEquals(2.0 * k * f, dropped(layer, Module.MOE_ACTIVATION));
        assertEquals(2.0 * 3 * g, dropped(layer, Module.SHARED_EXPERTS));
        assertEquals(2.0 * k * H + 2.0 * k * 3 * f + 16 * (experts + k) + 2.0 * 3 * g, dropped(layer, Module.MOE));
        assertEquals(dropped(layer, Module.MOE), dropped(layer, Module.MOE, Module.MOE_ACTIVATION));
        assertEquals(0, dropped(layer, Module.MLP));
    }

    /// Of n heads queries and keys of width d + r and values of v: 2 n (2 (d + r) + v). DeepSeek-V3's are 80 KiB a
    /// token, the short vectors 4 KiB.
    @Test
    void latentAttention() {
        var latent = new LatentAttention(7168, 128, 128, 1536, 512, 64, 128);
        LayerActivations layer = layer(alone(latent, LayerCut.NONE), 1);
        double attend = 2 * (2.0 * 128 * 192 + 128 * (128 + 128));
        assertEquals(attend, dropped(layer, Module.LATENT_UP_PROJECTION));
        assertEquals(attend + 4 * 128, dropped(layer, Module.LATENT_UP_PROJECTION, Module.CORE_ATTENTION));
    }
}
