// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.catalog;

/// A place in a file; line and column count from 1.
public record Position(String file, int line, int column) implements Comparable<Position> {
    /// The beginning of a file.
    public static Position startOf(String file) {
        return new Position(file, 1, 1);
    }

    @Override
    public int compareTo(Position other) {
        int byFile = file.compareTo(other.file);
        if (byFile != 0) {
            return byFile;
        }
        int byLine = Integer.compare(line, other.line);
        return byLine != 0 ? byLine : Integer.compare(column, other.column);
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
