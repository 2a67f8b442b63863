// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.accelerator;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Unit;

/// What the file of an accelerator says for people, and for parts that look a figure up: all of it optional.
///
/// | key | what it is |
/// |---|---|
/// | `power` | power limit of the part or module |
/// | `power_exponent` | how the rate of products goes with the limit of power, see {@link PowerCap} |
/// | `clock` | highest clock of the data sheet |
/// | `last_level_cache` | the largest cache before the memory |
/// | `scale_up` | links to other accelerators: generation, count, one's bandwidth and all together, per direction |
/// | `pcie` | generation of its PCIe port |
/// | `achieved` | rate that a usual training run reaches, a rule of thumb |
/// | `price` | of an hour |
/// | `ceilings` | the best that anybody published: products, memory, links |
final class DataSheet {
    private static final int NEWEST_PCIE = 9;
    private static final int MOST_LINKS = 1000;

    /// What a ceiling bounds.
    private enum Ceiling {
        MATMUL,
        MEMORY,
        LINK
    }

    private DataSheet() {}

    static void read(Entry entry, KeptFigures figures) {
        figures.quantityIfAny(entry, "power", Unit.WATTS);
        figures.numberIfAny(entry, "power_exponent", 0.3, 1);
        figures.quantityIfAny(entry, "clock", Unit.HERTZ);
        figures.quantityIfAny(entry, "last_level_cache", Unit.BYTES);
        figures.numberIfAny(entry, "pcie", 1, NEWEST_PCIE);
        figures.quantityIfAny(entry, "achieved", Unit.FLOPS_PER_SECOND);
        figures.quantityIfAny(entry, "price", Unit.USD_PER_HOUR);
        if (entry.has("scale_up")) {
            scaleUp(entry.child("scale_up"), figures);
        }
        for (Entry ceiling : entry.children("ceilings")) {
            ceiling(ceiling, figures);
        }
    }

    /// Peaks of number formats in which no training step computes here.
    static void readOtherPeaks(Entry peak, KeptFigures figures) {
        for (String key : new String[] {"fp64", "fp64_matrix"}) {
            figures.quantityIfAny(peak, key, Unit.FLOPS_PER_SECOND);
        }
    }

    private static void scaleUp(Entry entry, KeptFigures figures) {
        entry.text("link");
        figures.numberIfAny(entry, "count", 1, MOST_LINKS);
        figures.quantityIfAny(entry, "per_link", Unit.BYTES_PER_SECOND);
        figures.quantity(entry, "bandwidth", Unit.BYTES_PER_SECOND);
        entry.allow("note");
        entry.rejectUnknownKeys();
    }

    private static void ceiling(Entry entry, KeptFigures figures) {
        Ceiling kind = entry.choice("kind", Ceiling.class);
        Unit unit = switch (kind) {
            case MATMUL -> Unit.FLOPS_PER_SECOND;
            case MEMORY, LINK -> Unit.BYTES_PER_SECOND;
        };
        String name = "ceilings/" + Entry.kebab(kind) + "/" + entry.text("precision", "any") + "/" + entry.text("test");
        figures.itself(entry, name, entry.quantity("value", unit));
        entry.allow("software", "note");
        entry.rejectUnknownKeys();
    }
}
