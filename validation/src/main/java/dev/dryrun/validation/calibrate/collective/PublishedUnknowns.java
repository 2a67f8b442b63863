// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.collective;

/// Every [Constant], drawn to what vendors publish.
final class PublishedUnknowns implements Unknowns<ConstantSet> {
    @Override
    public int count() {
        return Constant.values().length;
    }

    @Override
    public double spread(int constant) {
        return Constant.values()[constant].spread();
    }

    @Override
    public double drawnTo(double[] logarithms, int constant) {
        return Constant.values()[constant].drawnTo(logarithms);
    }

    @Override
    public ConstantSet at(double[] logarithms) {
        return new ConstantSet(logarithms);
    }
}
