// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.start;

import dev.dryrun.scenario.imports.ScenarioDraft;
import dev.dryrun.scenario.io.JsonText;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// A draft as the YAML text of a scenario, with remarks beside or above the values they are about. Blocks stand in the
/// order of the scenario file, keys within them in the order in which the draft got them.
public final class DraftText {
    private static final List<String> BLOCKS =
            List.of("schema", "name", "model", "cluster", "training", "strategy", "stack", "site");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9._/-]*");
    /// Words that YAML, in one version or another, does not read as text.
    private static final Set<String> NO_TEXT = Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null");
    private static final int REMARKS_COLUMN = 40;
    private static final int WIDTH = 120;
    private static final double LARGEST_WRITTEN_OUT = 1e6;

    private final StringBuilder out = new StringBuilder();

    private DraftText() {}

    /// The text.
    ///
    /// @param heading lines of the comment above everything
    public static String write(ScenarioDraft draft, List<String> heading) {
        var text = new DraftText();
        heading.forEach(
                line -> text.out.append(line.isEmpty() ? "#" : "# " + line).append('\n'));
        text.block(tree(draft), "");
        return text.out.toString();
    }

    /// The values as a tree of maps.
    private static Map<String, Object> tree(ScenarioDraft draft) {
        Map<String, Object> tree = new LinkedHashMap<>();
        draft.values().entrySet().stream()
                .sorted(Comparator.comparingInt(value -> rank(value.getKey())))
                .forEach(value -> put(tree, value.getKey(), value.getValue()));
        return tree;
    }

    private static int rank(String key) {
        int rank = BLOCKS.indexOf(key.split("\\.", 2)[0]);
        return rank < 0 ? BLOCKS.size() : rank;
    }

    @SuppressWarnings("unchecked") // the maps of a tree are those that this method made
    private static void put(Map<String, Object> tree, String key, Object value) {
        int dot = key.indexOf('.');
        if (dot < 0) {
            tree.put(key, value);
            return;
        }
        Object below = tree.computeIfAbsent(key.substring(0, dot), absent -> new LinkedHashMap<String, Object>());
        put((Map<String, Object>) below, key.substring(dot + 1), value);
    }

    private void block(Map<?, ?> block, String indent) {
        block.forEach((key, value) -> {
            if (value instanceof Map<?, ?> below) {
                out.append(indent).append(key).append(":\n");
                block(below, indent + "  ");
            } else if (value instanceof ScenarioDraft.Value(Object scalar, var at, String remark)) {
                line(indent + key + ": " + scalar(scalar), remark, indent);
            }
        });
    }

    private void line(String line, String remark, String indent) {
        if (remark.isEmpty()) {
            out.append(line).append('\n');
            return;
        }
        int column = Math.max(REMARKS_COLUMN, line.length() + 1);
        if (column + 2 + remark.length() <= WIDTH) {
            out.append(line).repeat(" ", column - line.length());
            out.append("# ").append(remark).append('\n');
            return;
        }
        var above = new StringBuilder(indent).append('#');
        for (String word : remark.split(" ", -1)) {
            if (above.length() + 1 + word.length() > WIDTH) {
                out.append(above).append('\n');
                above = new StringBuilder(indent).append('#');
            }
            above.append(' ').append(word);
        }
        out.append(above).append('\n').append(line).append('\n');
    }

    private static String scalar(Object value) {
        return switch (value) {
            case String text -> text(text);
            case Long whole -> whole.toString();
            case Double number -> number(number);
            default -> String.valueOf(value);
        };
    }

    /// A text, in quotes where YAML would else read it as something else; JSON's quotes are YAML's.
    private static String text(String text) {
        boolean plain = PLAIN.matcher(text).matches() && !NO_TEXT.contains(text.toLowerCase(java.util.Locale.ROOT));
        return plain ? text : new JsonText().value(text).toString().strip();
    }

    /// A number as people write it: 300e9, 0.5, 2048.
    private static String number(double value) {
        if (!Double.isFinite(value) || value != Math.rint(value) || Math.abs(value) >= 1e300) {
            return Double.toString(value);
        }
        String digits = new BigDecimal(value).toBigInteger().toString();
        if (Math.abs(value) < LARGEST_WRITTEN_OUT) {
            return digits;
        }
        int exponent = 0;
        while (digits.endsWith("000")) {
            digits = digits.substring(0, digits.length() - 3);
            exponent += 3;
        }
        return exponent == 0 ? digits : digits + "e" + exponent;
    }
}
