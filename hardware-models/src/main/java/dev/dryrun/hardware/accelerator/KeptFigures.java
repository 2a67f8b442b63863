// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.accelerator;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Figure;
import dev.dryrun.hardware.catalog.Unit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Every figure that is read from one file, with its provenance, by its place there (`memory/bandwidth`).
final class KeptFigures {
    private final Map<String, Figure> figures = new LinkedHashMap<>();

    double quantity(Entry entry, String key, Unit unit) {
        return kept(entry, key, entry.figure(key, unit));
    }

    double number(Entry entry, String key, double min, double max) {
        return kept(entry, key, entry.figure(key, min, max));
    }

    /// Keeps a quantity that need not be there.
    void quantityIfAny(Entry entry, String key, Unit unit) {
        if (entry.has(key)) {
            quantity(entry, key, unit);
        }
    }

    void numberIfAny(Entry entry, String key, double min, double max) {
        if (entry.has(key)) {
            number(entry, key, min, max);
        }
    }

    /// Keeps a figure whose value, source, date and status are keys of the entry itself.
    void itself(Entry entry, String name, double value) {
        Figure.Status status = entry.choice("status", Figure.Status.class);
        figures.put(name, new Figure(value, entry.text("source"), entry.text("date"), status));
    }

    /// A figure without a source of its own has that of its block.
    private double kept(Entry entry, String key, Figure figure) {
        String source = figure.source().isEmpty() ? entry.text("source", "") : figure.source();
        String date = figure.date().isEmpty() ? entry.text("date", "") : figure.date();
        String pointer = (entry.pointer() + "/" + key).substring(1);
        figures.put(pointer, new Figure(figure.value(), source, date, figure.status()));
        return figure.value();
    }

    /// In the order in which they were read.
    Map<String, Figure> all() {
        return Collections.unmodifiableMap(figures);
    }
}
