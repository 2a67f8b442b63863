// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.schema;

import dev.dryrun.hardware.catalog.Wanted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The schema of a value that is no mapping, from what readers would take at its key.
final class ValueSchema {
    private ValueSchema() {}

    /// The alternatives, each a schema; none where anything will do. Where a reader knows words or names, other text is
    /// none.
    static List<Map<String, Object>> alternatives(List<Wanted> wanted, Definitions definitions) {
        boolean named = wanted.stream().anyMatch(one -> one instanceof Wanted.Words || one instanceof Wanted.Name);
        boolean provenance = wanted.stream().anyMatch(one -> one instanceof Wanted.WithProvenance);
        List<Map<String, Object>> alternatives = new ArrayList<>();
        for (Wanted one : wanted) {
            switch (one) {
                case Wanted.Presence() -> {}
                case Wanted.Anything() -> {}
                case Wanted.Mapping() -> {}
                case Wanted.Text() -> {
                    if (!named) {
                        alternatives.add(definitions.text());
                    }
                }
                case Wanted.Words(List<String> words) -> alternatives.add(Map.of("enum", words));
                case Wanted.Name(String kind) -> alternatives.add(definitions.name(kind));
                case Wanted.WithProvenance(Wanted value) ->
                    alternatives.add(definitions.withProvenance(value, alternatives(List.of(value), definitions)));
                case Wanted.Items(Wanted.Mapping()) -> {}
                case Wanted.Items(Wanted item) -> alternatives.add(list(item, definitions));
                case Wanted.Whole(long min, long max) -> alternatives.add(range("integer", min, max));
                case Wanted.Decimal(double min, double max) -> {
                    if (!provenance) {
                        alternatives.add(range("number", min, max));
                    }
                }
                case Wanted.Amount amount -> {
                    if (!provenance) {
                        alternatives.add(definitions.quantity(amount.unit()));
                    }
                }
                case Wanted.Flag() -> alternatives.add(Map.of("type", "boolean"));
            }
        }
        return alternatives;
    }

    private static Map<String, Object> list(Wanted item, Definitions definitions) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "array");
        List<Map<String, Object>> items = alternatives(List.of(item), definitions);
        if (!items.isEmpty()) {
            schema.put("items", items.getFirst());
        }
        return schema;
    }

    private static Map<String, Object> range(String type, Number min, Number max) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", type);
        bound(schema, "minimum", min);
        bound(schema, "maximum", max);
        return schema;
    }

    private static void bound(Map<String, Object> schema, String key, Number bound) {
        double value = bound.doubleValue();
        boolean none = bound instanceof Long whole
                ? whole == Long.MIN_VALUE || whole == Long.MAX_VALUE
                : Math.abs(value) >= Double.MAX_VALUE;
        if (!none) {
            schema.put(key, value == Math.rint(value) && Math.abs(value) < 1e15 ? (Number) (long) value : bound);
        }
    }
}
