// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.schema;

import dev.dryrun.hardware.catalog.Wanted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes blocks as schemas of objects.
final class BlockSchema {
    private final Descriptions descriptions;
    private final Definitions definitions;

    BlockSchema(Descriptions descriptions, Definitions definitions) {
        this.descriptions = descriptions;
        this.definitions = definitions;
    }

    /// The schema of a mapping.
    ///
    /// @param field its dotted name
    /// @param instead keys any of which stands for those that are required, because it brings them along
    Map<String, Object> of(Block block, String field, List<String> instead) {
        Map<String, Object> properties = new LinkedHashMap<>();
        block.keys()
                .forEach((name, key) ->
                        properties.put(name, property(key, field.isEmpty() ? name : field + "." + name)));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        if (!properties.isEmpty()) {
            schema.put("properties", properties);
        }
        List<Object> ways = new ArrayList<>();
        instead.forEach(key -> ways.add(Map.of("required", List.of(key))));
        if (!block.required().isEmpty() && ways.isEmpty()) {
            schema.put("required", block.required());
        } else if (!block.required().isEmpty()) {
            ways.addFirst(Map.of("required", block.required()));
            schema.put("anyOf", ways);
        }
        if (block.isClosed()) {
            schema.put("additionalProperties", false);
        }
        return schema;
    }

    private Map<String, Object> property(Key key, String field) {
        List<Map<String, Object>> alternatives = ValueSchema.alternatives(key.wanted(), definitions);
        for (Wanted wanted : key.wanted()) {
            if (wanted instanceof Wanted.Mapping && !hasProvenance(key)) {
                alternatives.add(of(key.below(), field, refines(key)));
            } else if (wanted instanceof Wanted.Items(Wanted.Mapping())) {
                Map<String, Object> list = new LinkedHashMap<>();
                list.put("type", "array");
                list.put("items", of(key.below(), field, List.of()));
                alternatives.add(list);
            }
        }
        Map<String, Object> property = new LinkedHashMap<>();
        String description = descriptions.of(field);
        if (description != null) {
            property.put("description", description);
        }
        if (alternatives.size() == 1) {
            property.putAll(alternatives.getFirst());
        } else if (!alternatives.isEmpty()) {
            property.put("anyOf", alternatives);
        }
        return property;
    }

    private static boolean hasProvenance(Key key) {
        return key.wanted().stream().anyMatch(wanted -> wanted instanceof Wanted.WithProvenance);
    }

    /// The key of a block that names the catalog entry which the block refines, if it has one.
    private static List<String> refines(Key key) {
        List<String> refining = new ArrayList<>();
        key.below().keys().forEach((name, below) -> {
            if (below.wanted().stream()
                    .anyMatch(wanted ->
                            wanted instanceof Wanted.Name && key.wanted().contains(wanted))) {
                refining.add(name);
            }
        });
        return refining;
    }
}
