// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.fit;

import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Leaf;
import dev.dryrun.hardware.catalog.Unit;
import dev.dryrun.validation.published.fit.RunConstant.Written;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The values of an entry by dotted key, with what is said of them.
final class EntryLeaves {
    private final Map<String, Leaf> leaves = new LinkedHashMap<>();

    EntryLeaves(Document document) {
        document.leaves().forEach(leaf -> leaves.put(String.join(".", leaf.path()), leaf));
    }

    /// Keys of mappings that have a status.
    List<String> withStatus() {
        return leaves.keySet().stream()
                .filter(key -> key.endsWith(".status"))
                .map(key -> key.substring(0, key.length() - ".status".length()))
                .filter(at -> leaves.containsKey(at + ".value") || !lists(at).isEmpty())
                .toList();
    }

    /// Whether there is a number at a key, with or without a source.
    boolean has(String at) {
        return leaves.containsKey(at + ".value") || leaves.containsKey(at);
    }

    String status(String at) {
        return text(at + ".status");
    }

    /// The source of a mapping, or of the nearest that it stands in.
    String source(String at) {
        String mapping = at;
        while (!mapping.isEmpty()) {
            if (leaves.containsKey(mapping + ".source")) {
                return text(mapping + ".source");
            }
            int dot = mapping.lastIndexOf('.');
            mapping = dot < 0 ? "" : mapping.substring(0, dot);
        }
        return text("source");
    }

    private String text(String key) {
        Leaf leaf = leaves.get(key);
        return leaf == null ? "" : leaf.text();
    }

    /// A value with a unit in SI, a plain number, or the lists of numbers of a mapping.
    Written written(String at, @Nullable Unit unit) {
        Leaf own = leaves.get(at + ".value");
        Leaf leaf = own == null ? leaves.get(at) : own;
        if (leaf == null) {
            return new Written.Block(lists(at));
        }
        return new Written.Scalar(unit == null ? Double.parseDouble(leaf.text()) : unit.read(leaf.text()), unit);
    }

    private Map<String, List<Double>> lists(String at) {
        Map<String, List<Double>> lists = new LinkedHashMap<>();
        leaves.forEach((key, leaf) -> {
            boolean directly = key.startsWith(at + ".") && key.indexOf('.', at.length() + 1) < 0;
            if (directly && leaf.value() instanceof List<?> items) {
                List<Double> numbers = new ArrayList<>();
                for (Object item : items) {
                    if (item instanceof Number number) {
                        numbers.add(number.doubleValue());
                    }
                }
                if (!numbers.isEmpty() && numbers.size() == items.size()) {
                    lists.put(key.substring(at.length() + 1), numbers);
                }
            }
        });
        return lists;
    }
}
