// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

/// The traffic of a single replica: none.
final class NoDataTraffic implements DataTraffic {
    private final StagePasses passes;

    NoDataTraffic(StagePasses passes) {
        this.passes = passes;
    }

    @Override
    public void begin() {}

    @Override
    public int write(int pass, int after) {
        return passes.write(pass, after);
    }

    @Override
    public int endPasses(int last) {
        return last;
    }

    @Override
    public int endStep(int last) {
        return last;
    }
}
