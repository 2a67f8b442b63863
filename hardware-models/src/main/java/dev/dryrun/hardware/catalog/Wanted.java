// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.catalog;

import java.util.List;

/// What a reader wants to find at a key of an [Entry]: the kind of value, and its bounds.
public sealed interface Wanted {
    /// Something or nothing: the reader only asks whether the key is there.
    record Presence() implements Wanted {}

    /// Whatever stands there; it is for people.
    record Anything() implements Wanted {}

    record Text() implements Wanted {}

    /// One of some words.
    record Words(List<String> words) implements Wanted {
        public Words {
            words = List.copyOf(words);
        }
    }

    /// The name of a catalog entry of that kind.
    record Name(String kind) implements Wanted {}

    /// A whole number between two bounds.
    record Whole(long min, long max) implements Wanted {}

    /// A number between two bounds, without unit.
    record Decimal(double min, double max) implements Wanted {}

    /// A number with its unit.
    record Amount(Unit unit) implements Wanted {}

    /// true or false.
    record Flag() implements Wanted {}

    record Mapping() implements Wanted {}

    /// A value that may come with its provenance.
    record WithProvenance(Wanted value) implements Wanted {}

    /// A list.
    record Items(Wanted item) implements Wanted {}
}
