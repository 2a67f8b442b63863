// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A value of a document that is no mapping with keys, with its place.
///
/// @param path keys from the root of the document
/// @param at where the value stands
/// @param value as a plain Java value: a text, a `Long`, a `Double`, a `Boolean`, a list, an empty map, or null
/// @param text of a scalar as written; empty for others
public record Leaf(List<String> path, Position at, @Nullable Object value, String text) {
    public Leaf {
        path = List.copyOf(path);
    }
}
