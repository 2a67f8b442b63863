// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import java.util.ArrayList;
import java.util.List;

/// The steps of a backward pass in two: what the gradient of its input needs, and what only those of weights need.
///
/// Where a collective ran beside a kernel of the other half, both stand alone: with sequence parallelism the input of a
/// product is gathered again when its weight gradient is due, and the sum of an input's gradient is waited for at once.
///
/// @param ofInput steps whose result the previous layer waits for
/// @param ofWeights products with the inputs that were kept, and what they alone need
record SplitBackward(List<Op> ofInput, List<Op> ofWeights) {
    static SplitBackward of(List<Op> backward) {
        List<Op> ofInput = new ArrayList<>();
        List<Op> ofWeights = new ArrayList<>();
        for (Op op : backward) {
            switch (op) {
                case Op.Kernel kernel -> (kernel.ofWeights() ? ofWeights : ofInput).add(kernel);
                case Op.Collective collective -> (collective.ofWeights() ? ofWeights : ofInput).add(collective);
                case Op.Beside beside -> {
                    Op.Kernel kernel = beside.kernel();
                    Op.Collective collective = beside.collective();
                    if (kernel.ofWeights() == collective.ofWeights()) {
                        (kernel.ofWeights() ? ofWeights : ofInput).add(beside);
                    } else {
                        (kernel.ofWeights() ? ofWeights : ofInput).add(kernel);
                        (collective.ofWeights() ? ofWeights : ofInput).add(collective);
                    }
                }
                case Op.Memory memory -> ofInput.add(memory);
            }
        }
        return new SplitBackward(List.copyOf(ofInput), List.copyOf(ofWeights));
    }
}
