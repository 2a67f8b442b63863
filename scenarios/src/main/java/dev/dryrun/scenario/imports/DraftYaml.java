// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Writes a draft as the scenario file of a person: blocks in their usual order, a comment behind each value, or above
/// it where it is long, that says where it came from, and a commented line for what has to be filled in.
///
///     cluster:
///       # node: ...                       # fill in: the script does not say which machine
///       nodes: 16                         # --nnodes
public final class DraftYaml {
    private static final int COMMENT_COLUMN = 40;
    private static final int WIDTH = 120;

    private final StringBuilder out = new StringBuilder();

    private DraftYaml() {}

    /// @param heading lines of the comment above everything
    public static String write(ScenarioDraft draft, List<String> heading) {
        var yaml = new DraftYaml();
        heading.forEach(
                line -> yaml.out.append(("# " + oneLine(line)).stripTrailing()).append('\n'));
        Map<String, Line> lines = new LinkedHashMap<>();
        DraftTree.ordered(draft)
                .forEach((key, value) -> lines.put(key, new Line(scalar(value.value()), value.remark())));
        DraftGaps.of(draft).forEach((key, why) -> lines.put(key, new Line("", "fill in: " + why)));
        List<Map.Entry<String, Line>> sorted = new ArrayList<>(lines.entrySet());
        sorted.sort(Map.Entry.comparingByKey(BlockOrder::compare));
        yaml.lines(sorted);
        return yaml.out.toString();
    }

    /// @param value as YAML writes it; empty for a gap
    private record Line(String value, String remark) {}

    private void lines(List<Map.Entry<String, Line>> lines) {
        List<String> open = List.of();
        for (Map.Entry<String, Line> entry : lines) {
            List<String> path = List.of(entry.getKey().split("\\.", -1));
            List<String> parents = path.subList(0, path.size() - 1);
            int shared = 0;
            while (shared < Math.min(open.size(), parents.size())
                    && open.get(shared).equals(parents.get(shared))) {
                shared++;
            }
            for (int depth = shared; depth < parents.size(); depth++) {
                line(depth, Scalars.text(parents.get(depth)) + ":", "");
            }
            open = parents;
            Line line = entry.getValue();
            String name = Scalars.text(path.getLast()) + ":";
            boolean gap = line.value().isEmpty();
            line(parents.size(), gap ? "# " + name + " ..." : name + " " + line.value(), line.remark());
        }
    }

    private void line(int depth, String text, String written) {
        String indent = "  ".repeat(depth);
        String line = indent + text;
        String remark = oneLine(written);
        int column = Math.max(COMMENT_COLUMN, line.length() + 2);
        if (column + 2 + remark.length() > WIDTH) {
            above(indent, remark);
            remark = "";
        }
        out.append(line);
        if (!remark.isEmpty()) {
            out.repeat(' ', column - line.length()).append("# ").append(remark);
        }
        out.append('\n');
    }

    private void above(String indent, String remark) {
        var line = new StringBuilder(indent).append('#');
        for (String word : remark.split(" ", -1)) {
            if (line.length() + 1 + word.length() > WIDTH && line.length() > indent.length() + 1) {
                out.append(line).append('\n');
                line = new StringBuilder(indent).append('#');
            }
            line.append(' ').append(word);
        }
        out.append(line).append('\n');
    }

    private static String oneLine(String text) {
        var clean = new StringBuilder();
        text.codePoints().forEach(c -> clean.appendCodePoint(Scalars.isPrintable(c) ? c : ' '));
        return clean.toString().strip();
    }

    private static String scalar(Object value) {
        return switch (value) {
            case String text -> Scalars.text(text);
            case Double number -> Scalars.number(number);
            case List<?> items -> items.stream().map(DraftYaml::scalar).collect(Collectors.joining(", ", "[", "]"));
            default -> value.toString();
        };
    }
}
