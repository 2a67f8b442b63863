// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.mapping;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.validation.published.table.Column;
import java.util.EnumMap;
import java.util.Map;

/// What a model of the catalog has in the places for which the table has columns.
///
/// @param byColumn sizes, by column; without those that the model has none of
record Dimensions(Map<Column, Long> byColumn) {
    /// Reads them off the entry of a model. Where every block has experts, their width is also that of the MLP.
    static Dimensions of(Entry model) {
        var sizes = new EnumMap<Column, Long>(Column.class);
        put(sizes, Column.HIDDEN, model, "hidden");
        put(sizes, Column.HEADS, model, "heads");
        put(sizes, Column.KV_HEADS, model, model.has("key_value_heads") ? "key_value_heads" : "heads");
        put(sizes, Column.VOCAB, model, "vocabulary");
        if (model.has("experts")) {
            Entry experts = model.child("experts");
            put(sizes, Column.N_EXPERTS, experts, "count");
            put(sizes, Column.TOP_K, experts, "active");
            put(sizes, Column.MOE_FFN_HIDDEN, experts, "ffn_hidden");
            put(sizes, Column.FFN_HIDDEN, experts, "ffn_hidden");
        }
        put(sizes, Column.FFN_HIDDEN, model, "ffn_hidden");
        return new Dimensions(sizes);
    }

    private static void put(Map<Column, Long> sizes, Column column, Entry entry, String key) {
        if (entry.has(key)) {
            sizes.put(column, entry.integer(key, 1, Integer.MAX_VALUE));
        }
    }

    /// Names the columns of a row that say something else.
    void check(Reading reading, String model) {
        byColumn.forEach((column, size) -> {
            long stated = reading.run().count(column).orElse(size);
            if (stated != size) {
                reading.obstruct("%s is %d; %s has %d".formatted(column.header(), stated, model, size));
            }
        });
    }
}
