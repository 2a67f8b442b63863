// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import java.util.Optional;

/// Replicas, or groups that share a copy of the parameters, that learn by themselves for some steps: within a step they
/// tell each other nothing. In an outer step, after their own update, the changes of their parameters since the last
/// one are averaged over them in fp32, and an outer update applies the mean.
/// Source: Douillard et al., 2023, arXiv:2311.08105, algorithm 1.
final class LocalReplicas implements DataTraffic {
    /// What a rank computes in an outer step, before the average and after it.
    record Outer(PassWork before, PassWork after) {}

    private final StagePasses passes;
    private final DataCalls calls;
    private final DataTraffic within;
    private final Optional<Outer> outer;

    /// @param within traffic of a replica's group, whose copies keep to themselves
    /// @param outer empty in a step of each by itself
    LocalReplicas(StagePasses passes, DataCalls calls, DataTraffic within, Optional<Outer> outer) {
        this.passes = passes;
        this.calls = calls;
        this.within = within;
        this.outer = outer;
    }

    @Override
    public void begin() {
        within.begin();
    }

    @Override
    public int write(int pass, int after) {
        return within.write(pass, after);
    }

    @Override
    public int endPasses(int last) {
        return within.endPasses(last);
    }

    @Override
    public int endStep(int last) {
        int ended = within.endStep(last);
        return outer.map(step -> meet(step, ended)).orElse(ended);
    }

    private int meet(Outer step, int ended) {
        int changes = passes.write(step.before(), ended, "outer gradients");
        int averaged = passes.await(
                calls.averageParameters(passes.parameters().trained().total(), changes));
        return passes.write(step.after(), averaged, "outer update");
    }
}
