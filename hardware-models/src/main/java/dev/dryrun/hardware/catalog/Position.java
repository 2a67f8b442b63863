// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.catalog;

/// A place in a file; line and column count from 1; both are 0 where there are none.
public record Position(String file, int line, int column) implements Comparable<Position> {
    /// What was typed rather than written in a file, where lines and columns say nothing.
    public static Position onCommandLine() {
        return new Position("command line", 0, 0);
    }

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
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}
