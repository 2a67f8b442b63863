// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.balance;

import java.util.List;

/// What a job was before and after its work was spread.
///
/// @param before as it was given
/// @param after the quickest that was found; the same where that is as given
/// @param stages from the first
public record Balance(Trial before, Trial after, List<Stage> stages) {
    public Balance {
        stages = List.copyOf(stages);
    }

    /// A stage before and after.
    ///
    /// @param accelerators that its ranks run on
    /// @param secondsBefore both passes of a micro-batch through its layers, on the slowest of them
    public record Stage(
            int stage,
            List<String> accelerators,
            int layersBefore,
            int layersAfter,
            double secondsBefore,
            double secondsAfter) {
        public Stage {
            accelerators = List.copyOf(accelerators);
        }
    }

    /// Whether something better was found.
    public boolean hasChanged() {
        return !after.equals(before);
    }
}
