// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.spec;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.collective.CollectiveLibrary;
import dev.dryrun.hardware.topology.Fabric;
import dev.dryrun.hardware.topology.NodeType;
import dev.dryrun.strategy.job.Site;
import dev.dryrun.strategy.job.Stack;
import dev.dryrun.strategy.model.ModelArchitecture;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

/// The kinds of catalog entry, each with its reader, which is given a name and an entry.
final class KindsOfEntry {
    static final SortedMap<String, BiFunction<String, Entry, ?>> READERS = new TreeMap<>(Map.of(
            "accelerators", (name, entry) -> Accelerator.read(entry),
            "fabrics", Fabric::read,
            "libraries", CollectiveLibrary::read,
            "models", (name, entry) -> ModelArchitecture.read(entry),
            "nodes", NodeType::read,
            "sites", (name, entry) -> Site.read(entry),
            "stacks", (name, entry) -> Stack.read(entry)));

    private KindsOfEntry() {}
}
