// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import dev.dryrun.strategy.recompute.RecomputeChoice.Module;
import java.util.ArrayList;
import java.util.List;

/// A step of a sublayer, where some modules are computed again: whether it runs again and what it keeps no more.
///
/// A module that drops what is inside keeps the input of its first step and runs again as a whole; one that drops its
/// output runs again as a whole, too, and the step behind it keeps no input. Source: Megatron-LM,
/// `--recompute-modules`; core of attention: Korthikanti et al., 2022, arXiv:2205.05198, section 5.
///
/// @param again whether it runs once more before the backward pass
/// @param dropsInput whether it keeps no input
/// @param dropsInside whether it keeps nothing else: a core's scores or statistics, a router's choice
public record RepeatedStep(LayerStep step, boolean again, boolean dropsInput, boolean dropsInside) {
    /// The steps of a sublayer, with its norm ahead or behind another's.
    public static List<RepeatedStep> of(List<LayerStep> sublayer, List<Module> modules) {
        int route = first(sublayer, LayerStep.Route.class);
        int combine = first(sublayer, LayerStep.Combine.class);
        boolean attends = first(sublayer, LayerStep.Attend.class) >= 0;
        boolean recurs = first(sublayer, LayerStep.Recur.class) >= 0;
        boolean mlp = !attends && !recurs && route < 0 && first(sublayer, LayerStep.Activate.class) >= 0;
        int begin = isNorm(sublayer.getFirst()) ? 1 : 0;
        boolean latent = attends && sublayer.stream().skip(begin).anyMatch(RepeatedStep::isNorm);
        boolean norm = modules.contains(Module.LAYERNORM);
        boolean wholeMlp = mlp && modules.contains(Module.MLP);
        boolean wholeMixture = route >= 0 && modules.contains(Module.MOE);
        boolean shared = combine >= 0 && modules.contains(Module.SHARED_EXPERTS);
        boolean up = latent && modules.contains(Module.LATENT_UP_PROJECTION);
        List<RepeatedStep> steps = new ArrayList<>();
        for (int place = 0; place < sublayer.size(); place++) {
            LayerStep step = sublayer.get(place);
            boolean body = place >= begin && !(step instanceof LayerStep.AddResidual);
            boolean inside = body && (wholeMlp || wholeMixture || (shared && place > combine));
            boolean afterNorm = norm && begin == 1 && place == 1;
            boolean dropsInput = afterNorm || (inside && place > begin);
            boolean again = inside || (norm && place < begin);
            boolean dropsInside = inside;
            if (step instanceof LayerStep.Attend) {
                dropsInput |= up;
                dropsInside |= modules.contains(Module.CORE_ATTENTION);
                again |= modules.contains(Module.CORE_ATTENTION);
            } else if (up) {
                again |= isUpProjection(step);
            } else if (modules.contains(Module.MOE_ACTIVATION) && place < combine) {
                again |= step instanceof LayerStep.Activate;
                dropsInput |=
                        step instanceof LayerStep.MultiplyByExpert product && product.split() == LayerStep.Split.ROWS;
            }
            steps.add(new RepeatedStep(step, again, dropsInput, dropsInside));
        }
        return steps;
    }

    /// Products by columns lead from the short vectors, or from the stream, into the heads.
    private static boolean isUpProjection(LayerStep step) {
        return (step instanceof LayerStep.Multiply product && product.split() == LayerStep.Split.COLUMNS)
                || step instanceof LayerStep.SplitHeads
                || step instanceof LayerStep.Rotate;
    }

    /// A norm on the residual stream, or on the short vectors of latent attention, which lie on it.
    private static boolean isNorm(LayerStep step) {
        return step instanceof LayerStep.Normalise norm && !norm.inside();
    }

    private static int first(List<LayerStep> sublayer, Class<? extends LayerStep> kind) {
        for (int place = 0; place < sublayer.size(); place++) {
            if (kind.isInstance(sublayer.get(place))) {
                return place;
            }
        }
        return -1;
    }
}
