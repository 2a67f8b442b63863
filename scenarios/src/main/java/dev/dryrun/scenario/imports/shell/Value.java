// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.shell;

import java.util.ArrayList;
import java.util.List;

/// Value of a variable: one text, or an array of texts.
record Value(List<Traced> items, boolean array) {
    Value {
        items = List.copyOf(items);
    }

    static Value of(Traced text) {
        return new Value(List.of(text), false);
    }

    /// The text, or the first of an array, as `$NAME` means it.
    Traced first() {
        return items.isEmpty() ? Traced.EMPTY : items.getFirst();
    }

    boolean reads(Value other) {
        if (array != other.array || items.size() != other.items.size()) {
            return false;
        }
        for (int i = 0; i < items.size(); i++) {
            if (!items.get(i).equals(other.items.get(i)) && !items.get(i).reads(other.items.get(i))) {
                return false;
            }
        }
        return true;
    }

    /// What two values have in common at their beginning, followed by a hole.
    Value upTo(Value other, Hole hole) {
        List<Traced> common = new ArrayList<>();
        int least = Math.min(items.size(), other.items.size());
        for (int i = 0; i < least; i++) {
            Traced mine = items.get(i);
            if (!mine.reads(other.items.get(i))) {
                if (!array) {
                    common.add(upTo(mine, other.items.get(i), hole));
                }
                break;
            }
            common.add(mine);
        }
        if (array || common.isEmpty()) {
            common.add(Traced.hole(hole));
        }
        return new Value(common, array);
    }

    private static Traced upTo(Traced one, Traced other, Hole hole) {
        int end = 0;
        int blank = 0;
        while (end < Math.min(one.length(), other.length())
                && one.charAt(end) == other.charAt(end)
                && !one.isHoleAt(end)
                && !other.isHoleAt(end)) {
            end++;
            blank = end == one.length() || one.charAt(end) == ' ' ? end : blank;
        }
        return new Traced.Builder()
                .append(one, 0, blank)
                .append(Traced.of(blank == 0 ? "" : " ", hole.at()))
                .append(Traced.hole(hole))
                .build();
    }
}
