// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import dev.dryrun.hardware.collective.tuner.Tuners;
import java.util.Iterator;

/// Names of the releases whose choices are known, for help and completion.
final class TunerNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return Tuners.names().iterator();
    }
}
