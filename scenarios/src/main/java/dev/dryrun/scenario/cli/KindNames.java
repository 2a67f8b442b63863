// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.collective.CollectiveKind;
import java.util.Arrays;
import java.util.Iterator;

/// Names of the kinds of collective, for help and completion.
final class KindNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return Arrays.stream(CollectiveKind.values()).map(Entry::kebab).iterator();
    }
}
