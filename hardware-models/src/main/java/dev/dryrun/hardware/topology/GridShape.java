// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import dev.dryrun.hardware.catalog.Entry;
import java.util.regex.Pattern;

/// The lengths of a torus's axes, `4x4x8`, as a node's file gives them.
final class GridShape {
    private static final Pattern WRITTEN = Pattern.compile("[1-9]\\d{0,3}(x[1-9]\\d{0,3})+");

    private GridShape() {}

    /// Reports a shape that is missing or does not have the GPUs of the node.
    static void check(Entry entry, int axes, int gpus) {
        String shape = entry.text("shape");
        String rule = "must be %d lengths whose product is the %d GPUs of the node".formatted(axes, gpus);
        if (!shape.isEmpty() && (!WRITTEN.matcher(shape).matches() || !has(shape.split("x", -1), axes, gpus))) {
            entry.problem("shape", entry.shown("shape"), rule, "");
        }
    }

    private static boolean has(String[] lengths, int axes, int gpus) {
        long product = 1;
        for (String length : lengths) {
            product *= Integer.parseInt(length);
            if (product > Integer.MAX_VALUE) {
                return false;
            }
        }
        return lengths.length == axes && product == gpus;
    }
}
