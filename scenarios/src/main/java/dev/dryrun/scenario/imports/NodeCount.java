// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Problems;
import java.util.OptionalLong;

/// How many nodes hold a number of GPUs, and how many GPUs a number of nodes holds.
public final class NodeCount {
    /// As many as a scenario may have.
    private static final long MOST_GPUS = 1L << 18;

    private NodeCount() {}

    /// Empty where the catalog has no such node, or where the GPUs do not fill whole nodes.
    public static OptionalLong of(Catalog catalog, String node, long gpus) {
        long each = gpusOf(catalog, node);
        return each > 0 && gpus % each == 0 ? OptionalLong.of(gpus / each) : OptionalLong.empty();
    }

    /// GPUs of so many nodes. Empty where the catalog has no such node, or where the number is beyond any cluster.
    public static OptionalLong gpus(Catalog catalog, String node, long nodes) {
        return gpus(gpusOf(catalog, node), nodes);
    }

    /// GPUs of so many nodes that hold so many each.
    public static OptionalLong gpus(long each, long nodes) {
        boolean sound = each > 0 && nodes > 0 && nodes <= MOST_GPUS / each;
        return sound ? OptionalLong.of(each * nodes) : OptionalLong.empty();
    }

    /// GPUs of a node; 0 where the catalog has no such node.
    public static long gpusOf(Catalog catalog, String node) {
        Document found = catalog.find("nodes", node, new Problems());
        return found == null ? 0 : found.root().integer("gpus", 0, Long.MAX_VALUE, 0);
    }
}
