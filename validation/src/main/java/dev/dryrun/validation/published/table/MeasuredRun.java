// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.table;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// One row of the table: a measured configuration as its source states it.
///
/// @param file where it stands
/// @param line line of the file where the row starts, counted from 1
/// @param cells non-empty cells, each of its column's kind
public record MeasuredRun(String file, int line, Map<Column, String> cells) {
    public MeasuredRun {
        var copy = new EnumMap<Column, String>(Column.class);
        copy.putAll(cells);
        copy.forEach((column, cell) -> {
            if (cell.isEmpty() || !column.kind().accepts(cell)) {
                throw new IllegalArgumentException(column.header() + " is \"" + cell + "\"; it must be "
                        + column.kind().expected());
            }
        });
        cells = Collections.unmodifiableMap(copy);
    }

    public String id() {
        return text(Column.ID);
    }

    public String family() {
        return text(Column.FAMILY);
    }

    /// Whether the row is ambiguous or inconsistent at its source: shown, but left out of the overall figures.
    public boolean qualityC() {
        return text(Column.QUALITY).equals("C");
    }

    /// Whether the configuration ran out of memory, so that there is no time.
    public boolean ranOutOfMemory() {
        return text(Column.METRIC).equals("OOM");
    }

    public boolean states(Column column) {
        return cells.containsKey(column);
    }

    /// The cell; empty where the source is silent.
    public String text(Column column) {
        return cells.getOrDefault(column, "");
    }

    public OptionalLong count(Column column) {
        return states(column) ? OptionalLong.of(Long.parseLong(text(column))) : OptionalLong.empty();
    }

    public OptionalDouble number(Column column) {
        return states(column) ? OptionalDouble.of(Double.parseDouble(text(column))) : OptionalDouble.empty();
    }
}
