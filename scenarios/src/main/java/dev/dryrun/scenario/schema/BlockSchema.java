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
        Map<String, Object> schema = open(block, field, true);
        schema.putAll(requiredOf(block, instead));
        return closed(block, schema);
    }

    /// The schema of a file that may lie over another one, which then brings along what is required at any depth.
    ///
    /// @param field dotted name of what the file holds
    /// @param bringing keys that name the other file
    Map<String, Object> over(Block block, String field, List<String> bringing) {
        Map<String, Object> schema = open(block, field, false);
        List<Object> ways = new ArrayList<>();
        ways.add(requirements(block, List.of()));
        bringing.forEach(key -> ways.add(Map.of("required", List.of(key))));
        schema.put("anyOf", ways);
        return closed(block, schema);
    }

    private Map<String, Object> open(Block block, String field, boolean complete) {
        Map<String, Object> properties = new LinkedHashMap<>();
        block.keys()
                .forEach((name, key) ->
                        properties.put(name, property(key, field.isEmpty() ? name : field + "." + name, complete)));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        if (!properties.isEmpty()) {
            schema.put("properties", properties);
        }
        return schema;
    }

    private static Map<String, Object> closed(Block block, Map<String, Object> schema) {
        if (block.isClosed()) {
            schema.put("additionalProperties", false);
        }
        return schema;
    }

    private static Map<String, Object> requiredOf(Block block, List<String> instead) {
        if (block.required().isEmpty()) {
            return Map.of();
        }
        if (instead.isEmpty()) {
            return Map.of("required", block.required());
        }
        List<Object> ways = new ArrayList<>();
        ways.add(Map.of("required", block.required()));
        instead.forEach(key -> ways.add(Map.of("required", List.of(key))));
        return Map.of("anyOf", ways);
    }

    /// What a mapping and the mappings in it have to have, and nothing else; it holds for a name in their place.
    private static Map<String, Object> requirements(Block block, List<String> instead) {
        Map<String, Object> below = new LinkedHashMap<>();
        block.keys().forEach((name, key) -> {
            if (key.wanted().contains(new Wanted.Mapping()) && !hasProvenance(key)) {
                Map<String, Object> ofKey = requirements(key.below(), refines(key));
                if (!ofKey.isEmpty()) {
                    below.put(name, ofKey);
                }
            }
        });
        Map<String, Object> schema = new LinkedHashMap<>(requiredOf(block, instead));
        if (!below.isEmpty()) {
            schema.put("properties", below);
        }
        return schema;
    }

    private Map<String, Object> property(Key key, String field, boolean complete) {
        List<Map<String, Object>> alternatives = ValueSchema.alternatives(key.wanted(), definitions);
        for (Wanted wanted : key.wanted()) {
            if (wanted instanceof Wanted.Mapping && !hasProvenance(key)) {
                Block below = key.below();
                alternatives.add(complete ? of(below, field, refines(key)) : closed(below, open(below, field, false)));
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

    /// The keys of a block that name what the block refines: an entry of the catalog, a file.
    private static List<String> refines(Key key) {
        List<String> refining = new ArrayList<>(key.below().bringing());
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
