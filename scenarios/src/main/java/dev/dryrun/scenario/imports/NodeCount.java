// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Problems;
import java.util.OptionalLong;

/// How many nodes hold a number of GPUs.
public final class NodeCount {
    private NodeCount() {}

    /// Empty where the catalog has no such node, or where the GPUs do not fill whole nodes.
    public static OptionalLong of(Catalog catalog, String node, long gpus) {
        Document found = catalog.find("nodes", node, new Problems());
        long each = found == null ? 0 : found.root().integer("gpus", 0, Long.MAX_VALUE, 0);
        return each > 0 && gpus % each == 0 ? OptionalLong.of(gpus / each) : OptionalLong.empty();
    }
}
