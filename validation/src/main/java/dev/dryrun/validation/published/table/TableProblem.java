// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.table;

/// Something wrong in a table that a user brought.
///
/// @param file name of the file as the user gave it
/// @param line counted from 1; 0 where no line is meant
/// @param column header of the column; empty where none is meant
/// @param found what stands there
/// @param expected the rule
/// @param remedy what may have been meant; may be empty
public record TableProblem(String file, int line, String column, String found, String expected, String remedy) {
    @Override
    public String toString() {
        var text = new StringBuilder(file);
        if (line > 0) {
            text.append(':').append(line);
        }
        text.append(": ");
        if (!column.isEmpty()) {
            text.append(column).append(" is ");
        }
        text.append(found).append(", but must be ").append(expected).append('.');
        if (!remedy.isEmpty()) {
            text.append(" Maybe ").append(remedy).append('.');
        }
        return text.toString();
    }
}
