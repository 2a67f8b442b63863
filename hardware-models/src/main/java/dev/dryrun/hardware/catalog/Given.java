// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.catalog;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A value that no document of this program holds, with the place it was taken from.
///
/// @param value a text, a whole or other number, a flag, or a list of such values
/// @param at where it was taken from
public record Given(Object value, Position at) {
    public Given {
        if (value instanceof List<?> items) {
            items.forEach(Given::requireScalar);
        } else {
            requireScalar(value);
        }
    }

    private static void requireScalar(Object value) {
        if (!(value instanceof String || value instanceof Number || value instanceof Boolean)) {
            throw new IllegalArgumentException("value is a " + value.getClass() + "; it must be a scalar");
        }
    }

    /// The mapping that dotted keys describe.
    static Node.Mapping tree(Position at, Map<String, Given> values) {
        Map<String, Given> scalars = new LinkedHashMap<>();
        Map<String, Map<String, Given>> mappings = new LinkedHashMap<>();
        Map<String, Node.Member> members = new LinkedHashMap<>();
        values.forEach((key, given) -> {
            int dot = key.indexOf('.');
            if (dot < 0) {
                scalars.put(key, given);
            } else {
                mappings.computeIfAbsent(key.substring(0, dot), part -> new LinkedHashMap<>())
                        .put(key.substring(dot + 1), given);
            }
            members.putIfAbsent(dot < 0 ? key : key.substring(0, dot), new Node.Member(given.at, given.node()));
        });
        mappings.forEach((key, inner) -> {
            if (scalars.containsKey(key)) {
                throw new IllegalArgumentException(key + " holds both a value and a mapping");
            }
            Position first = inner.values().iterator().next().at;
            members.put(key, new Node.Member(first, tree(first, inner)));
        });
        return new Node.Mapping(at, members);
    }

    private Node node() {
        return value instanceof List<?> items
                ? new Node.Sequence(
                        at, items.stream().map(item -> (Node) scalar(item)).toList())
                : scalar(value);
    }

    private Node.Scalar scalar(Object one) {
        return switch (one) {
            case Boolean flag -> new Node.Scalar(at, Node.Kind.BOOLEAN, flag.toString());
            case Number number -> new Node.Scalar(at, Node.Kind.NUMBER, number.toString());
            default -> new Node.Scalar(at, Node.Kind.TEXT, one.toString());
        };
    }
}
