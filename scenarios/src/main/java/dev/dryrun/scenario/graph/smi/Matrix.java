// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph.smi;

import dev.dryrun.hardware.catalog.Position;
import java.util.List;

/// A square matrix of words between devices.
///
/// @param devices in the order of its columns
/// @param rows one for each device
record Matrix(List<String> devices, List<Row> rows) {
    /// A line of it.
    ///
    /// @param words one for each column
    /// @param rest what stands behind them: processors and memory that are near
    record Row(Position at, List<Word> words, List<Word> rest) {}

    /// @param text as printed
    record Word(String text, Position at) {}

    String word(int row, int column) {
        return rows.get(row).words().get(column).text();
    }
}
