// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import dev.dryrun.hardware.catalog.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The axes of a torus: how long each is, and whether its ends are joined. Chips are numbered along the first axis,
/// then the second, then the third. Without axes for a node that is no torus.
public record GridShape(List<Axis> axes) {
    /// One axis.
    ///
    /// @param length chips along it
    /// @param closed whether its last chip is joined to its first
    public record Axis(int length, boolean closed) {
        public Axis {
            if (length < 1) {
                throw new IllegalArgumentException("length is " + length + "; it must be at least 1");
            }
        }
    }

    static final GridShape NONE = new GridShape(List.of());

    private static final Pattern WRITTEN = Pattern.compile("[1-9]\\d{0,3}(x[1-9]\\d{0,3})+");
    private static final List<String> LETTERS = List.of("x", "y", "z");

    public GridShape {
        axes = List.copyOf(axes);
    }

    /// Axes of these lengths, all closed or none.
    public static GridShape of(boolean closed, int... lengths) {
        List<Axis> axes = new ArrayList<>();
        for (int length : lengths) {
            axes.add(new Axis(length, closed));
        }
        return new GridShape(axes);
    }

    public int chips() {
        return axes.stream().mapToInt(Axis::length).reduce(1, Math::multiplyExact);
    }

    /// Steps from a chip to the next one along an axis, in numbers of chips.
    int stride(int axis) {
        int stride = 1;
        for (int before = 0; before < axis; before++) {
            stride *= axes.get(before).length();
        }
        return stride;
    }

    int coordinate(int chip, int axis) {
        return chip / stride(axis) % axes.get(axis).length();
    }

    /// The chip that is at another place of the same line along an axis.
    int moved(int chip, int axis, int coordinate) {
        return chip + (coordinate - coordinate(chip, axis)) * stride(axis);
    }

    /// Reads `shape: 4x4x8`, and `closed: xz`, the axes whose ends are joined.
    static GridShape read(Entry entry, int axes, int gpus) {
        String shape = entry.text("shape");
        String rule = "must be %d lengths whose product is the %d GPUs of the node".formatted(axes, gpus);
        String[] lengths = shape.split("x", -1);
        if (!WRITTEN.matcher(shape).matches() || !has(lengths, axes, gpus)) {
            if (!shape.isEmpty()) {
                entry.problem("shape", entry.shown("shape"), rule, "");
            }
            lengths = new String[0];
        }
        String closed = entry.text("closed", "");
        List<String> letters = LETTERS.subList(0, axes);
        String all = String.join("", letters);
        if (!closed.matches("[" + all + "]{0," + axes + "}")) {
            entry.problem("closed", entry.shown("closed"), "must name axes, out of " + all, all);
        }
        List<Axis> read = new ArrayList<>();
        for (int axis = 0; axis < lengths.length; axis++) {
            read.add(new Axis(Integer.parseInt(lengths[axis]), closed.contains(letters.get(axis))));
        }
        return new GridShape(read);
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
