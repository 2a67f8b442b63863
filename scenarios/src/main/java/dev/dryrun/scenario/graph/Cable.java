// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph;

import dev.dryrun.hardware.catalog.Position;

/// A connection between two parts, with the same capacity both ways.
///
/// @param a number of a part
/// @param b number of another
/// @param link generation, such as `nvlink3`
/// @param bytesPerSecond raw, of one of the parallel links
/// @param count parallel links
/// @param at where the file says so
public record Cable(int a, int b, String link, double bytesPerSecond, int count, Position at) {
    public Cable {
        if (a == b || !(bytesPerSecond > 0) || Double.isInfinite(bytesPerSecond) || count < 1) {
            throw new IllegalArgumentException("%d links of %s B/s from part %d to part %d; must join two, at some rate"
                    .formatted(count, bytesPerSecond, a, b));
        }
    }

    public double totalBytesPerSecond() {
        return bytesPerSecond * count;
    }

    boolean touches(int part) {
        return a == part || b == part;
    }

    int other(int part) {
        return part == a ? b : a;
    }
}
