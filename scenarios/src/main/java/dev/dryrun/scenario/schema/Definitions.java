// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.schema;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Figure;
import dev.dryrun.hardware.catalog.Unit;
import dev.dryrun.hardware.catalog.Wanted;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What many values of a schema share and refer to: quantities with their units, provenance, names of the catalog.
final class Definitions {
    private final Catalog catalog;
    private final SortedMap<String, Object> used = new TreeMap<>();

    Definitions(Catalog catalog) {
        this.catalog = catalog;
    }

    /// The name of a catalog entry; other names than those known here may come from a catalog of the user.
    Map<String, Object> name(String kind) {
        return defined("name among " + kind, Map.of("anyOf", List.of(Map.of("enum", catalog.names(kind)), text())));
    }

    /// Readers take a number or a flag for the text that was written, but no blank one.
    Map<String, Object> text() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", List.of("string", "number", "boolean"));
        schema.put("pattern", "\\S");
        return defined("text", schema);
    }

    /// A number with a unit.
    Map<String, Object> quantity(Unit unit) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "string");
        schema.put("pattern", unit.pattern());
        schema.put("examples", List.of(unit.example()));
        return defined("quantity in " + words(unit), schema);
    }

    /// A value that may come in a mapping with its source, date and status.
    Map<String, Object> withProvenance(Wanted value, List<Map<String, Object>> bare) {
        Map<String, Object> alternative = bare.getFirst();
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("value", alternative);
        properties.put("source", described("Who says so: a document, or the measurements and program of a fit."));
        properties.put("date", described("Date of the source, year first."));
        Map<String, Object> status = described("What kind of fact it is.");
        status.put(
                "enum", Arrays.stream(Figure.Status.values()).map(Entry::kebab).toList());
        properties.put("status", status);
        properties.put("note", described("A remark for people."));
        Map<String, Object> mapping = new LinkedHashMap<>();
        mapping.put("type", "object");
        mapping.put("properties", properties);
        mapping.put("required", List.of("value"));
        mapping.put("additionalProperties", false);
        Map<String, Object> schema = Map.of("anyOf", List.of(alternative, mapping));
        return switch (value) {
            case Wanted.Amount(Unit unit) -> defined("figure in " + words(unit), schema);
            case Wanted.Decimal(double min, double max) -> defined("figure from " + min + " to " + max, schema);
            default -> schema;
        };
    }

    /// Definitions that were referred to, by name.
    SortedMap<String, Object> used() {
        return used;
    }

    private Map<String, Object> defined(String title, Map<String, Object> schema) {
        String name = title.replace(' ', '_');
        used.put(name, schema);
        return Map.of("$ref", "#/$defs/" + name);
    }

    private static Map<String, Object> described(String description) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("description", description);
        return schema;
    }

    private static String words(Unit unit) {
        return unit.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
