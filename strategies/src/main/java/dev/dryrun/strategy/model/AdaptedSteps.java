// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import dev.dryrun.strategy.model.LayerStep.AddAdapter;
import dev.dryrun.strategy.model.LayerStep.Multiply;
import dev.dryrun.strategy.model.LayerStep.Split;
import java.util.ArrayList;
import java.util.List;

/// The steps of a part of a block beside whose matrices adapters stand.
///
/// A frozen product keeps its input for its adapter only. On the ranks of a tensor group the matrix down is whole and
/// the one up is shared by outputs where the product is; where the product is shared by inputs the one down is, its
/// small result is summed, and the one up is whole.
///
/// @param adapters of the model
record AdaptedSteps(Adapters adapters) {
    List<LayerStep> of(Sublayer part, List<LayerStep> steps) {
        if (!adapters.freeze()) {
            return steps;
        }
        List<LayerStep> all = new ArrayList<>();
        for (LayerStep step : steps) {
            if (!(step instanceof Multiply product)) {
                all.add(step);
            } else if (adapters.on(part)) {
                addWithAdapter(all, product);
            } else {
                all.add(product.keeping(false));
            }
        }
        return all;
    }

    private void addWithAdapter(List<LayerStep> all, Multiply product) {
        boolean rows = product.split() == Split.ROWS;
        boolean columns = product.split() == Split.COLUMNS;
        all.add(product);
        all.add(Multiply.ofAdapter(
                product.name() + " adapter down", adapters.rank(), product.inputs(), rows ? Split.ROWS : Split.NONE));
        all.add(Multiply.ofAdapter(
                        product.name() + " adapter up",
                        product.outputs(),
                        adapters.rank(),
                        columns ? Split.COLUMNS : Split.NONE)
                .keeping(true));
        all.add(new AddAdapter(product.outputs(), columns, product.inputs(), rows));
    }
}
