// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import dev.dryrun.hardware.collective.CollectiveAlgorithms;
import java.util.Iterator;

/// Names of the algorithms of collectives, for help and completion.
final class AlgorithmNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return CollectiveAlgorithms.names().iterator();
    }
}
