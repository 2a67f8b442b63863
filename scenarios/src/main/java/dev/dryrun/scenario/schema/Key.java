// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.schema;

import dev.dryrun.hardware.catalog.Wanted;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A key of a mapping: the kinds of value that readers would take there.
final class Key {
    private final List<Wanted> wanted = new ArrayList<>();
    private final Block below = new Block();

    /// Adds a kind of value; two of the same kind become one that takes what either takes.
    void add(Wanted another) {
        for (int i = 0; i < wanted.size(); i++) {
            Wanted both = both(wanted.get(i), another);
            if (both != null) {
                wanted.set(i, both);
                return;
            }
        }
        wanted.add(another);
    }

    void addAll(Key other) {
        other.wanted.forEach(this::add);
        below.add(other.below);
    }

    List<Wanted> wanted() {
        return wanted;
    }

    /// The mapping that may stand here, or that is an item of the list here.
    Block below() {
        return below;
    }

    /// A bound that differs between two readings depends on other values of the file, and is none.
    private static @Nullable Wanted both(Wanted one, Wanted other) {
        if (one.equals(other)) {
            return one;
        }
        if (one instanceof Wanted.Whole(long min, long max) && other instanceof Wanted.Whole whole) {
            return new Wanted.Whole(
                    min == whole.min() ? min : Long.MIN_VALUE, max == whole.max() ? max : Long.MAX_VALUE);
        }
        if (one instanceof Wanted.Decimal(double min, double max) && other instanceof Wanted.Decimal decimal) {
            return new Wanted.Decimal(
                    min == decimal.min() ? min : -Double.MAX_VALUE, max == decimal.max() ? max : Double.MAX_VALUE);
        }
        if (one instanceof Wanted.Words(List<String> words) && other instanceof Wanted.Words(List<String> more)) {
            Set<String> all = new LinkedHashSet<>(words);
            all.addAll(more);
            return new Wanted.Words(List.copyOf(all));
        }
        if (one instanceof Wanted.WithProvenance(Wanted value)
                && other instanceof Wanted.WithProvenance(Wanted another)) {
            Wanted both = both(value, another);
            return both == null ? null : new Wanted.WithProvenance(both);
        }
        if (one instanceof Wanted.Items(Wanted item) && other instanceof Wanted.Items(Wanted another)) {
            Wanted both = both(item, another);
            return both == null ? null : new Wanted.Items(both);
        }
        return null;
    }
}
