// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.recompute;

import dev.dryrun.strategy.recompute.RecomputeChoice.Method;
import dev.dryrun.strategy.recompute.RecomputeChoice.Module;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/// Choices for tests.
public final class Choices {
    private Choices() {}

    /// Any choice.
    ///
    /// @param segments whether several layers may keep one input
    public static RecomputeChoice random(SplittableRandom random, boolean segments) {
        Recompute kind = Recompute.values()[random.nextInt(3)];
        Method method = Method.values()[random.nextInt(3)];
        int layers = method == Method.UNIFORM && !segments ? 1 : random.nextInt(1, 5);
        List<Module> modules = Stream.of(Module.values())
                .filter(module -> kind == Recompute.SELECTIVE && random.nextBoolean())
                .toList();
        boolean none = kind == Recompute.SELECTIVE && modules.isEmpty();
        return new RecomputeChoice(kind, method, layers, none ? List.of(Module.CORE_ATTENTION) : modules);
    }
}
