// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Nearest;
import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.hardware.catalog.Unit;
import org.jspecify.annotations.Nullable;

/// What the catalog says of the links of an accelerator.
///
/// @param name of the accelerator in the catalog
/// @param library that does collectives between such
/// @param link generation of its links to others of its kind; empty where it has none
/// @param links how many of them it has
/// @param linkBytesPerSecond of one of them, per direction
/// @param pcie generation of its PCIe port
public record GpuFacts(
        String name, String title, String library, String link, int links, double linkBytesPerSecond, int pcie) {
    private static final int USUAL_PCIE = 4;
    private static final int NEWEST_PCIE = 9;
    private static final int MOST_LINKS = 1024;

    /// The facts of a name; null where the catalog has no such accelerator, which is told.
    public static @Nullable GpuFacts of(Catalog catalog, String name, Position at, Problems problems) {
        Document document = catalog.find("accelerators", name, problems);
        if (document == null) {
            problems.add(
                    at,
                    "accelerator",
                    "\"" + name + "\"",
                    "no such accelerator is in the catalog",
                    Nearest.quoted(name, catalog.names("accelerators")));
            return null;
        }
        if (!document.readable()) {
            return null;
        }
        Entry root = document.root();
        Entry up = root.has("scale_up") ? root.child("scale_up") : null;
        return new GpuFacts(
                name,
                root.text("title", name),
                libraryOf(root.text("vendor", "")),
                up == null ? "" : up.text("link", ""),
                up == null || !up.has("link")
                        ? 0
                        : (int) up.figure("count", 1, MOST_LINKS).value(),
                up == null || !up.has("link")
                        ? 0
                        : up.figure("per_link", Unit.BYTES_PER_SECOND).value(),
                root.has("pcie") ? (int) root.figure("pcie", 1, NEWEST_PCIE).value() : USUAL_PCIE);
    }

    private static String libraryOf(String vendor) {
        return switch (vendor) {
            case "NVIDIA" -> "nccl";
            case "AMD" -> "rccl";
            case "Intel" -> "hccl";
            default -> "";
        };
    }
}
