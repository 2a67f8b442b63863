// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.export;

import dev.dryrun.scenario.io.JsonText;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// Plain maps, lists and values as YAML: the outer map a line per key, one level more where its values are maps that
/// are long, all within in braces.
final class FlowYaml {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9._-]*");
    private static final Set<String> WORDS_OF_YAML =
            Set.of("true", "false", "yes", "no", "on", "off", "null", "y", "n");
    private static final int LONG = 100;

    private FlowYaml() {}

    static String write(Map<String, ?> root) {
        var text = new StringBuilder();
        root.forEach((key, value) -> {
            String flow = flow(value);
            if (flow.length() > LONG && value instanceof Map<?, ?> map) {
                text.append(key).append(":\n");
                map.forEach((inner, of) -> text.append("  ")
                        .append(inner)
                        .append(": ")
                        .append(flow(of))
                        .append('\n'));
            } else {
                text.append(key).append(": ").append(flow).append('\n');
            }
        });
        return text.toString();
    }

    private static String flow(Object value) {
        return switch (value) {
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + flow(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case Iterable<?> list ->
                StreamSupport.stream(list.spliterator(), false)
                        .map(FlowYaml::flow)
                        .collect(Collectors.joining(", ", "[", "]"));
            case String word -> scalar(word);
            default -> value.toString();
        };
    }

    private static String scalar(String word) {
        boolean plain = PLAIN.matcher(word).matches() && !WORDS_OF_YAML.contains(word);
        // JSON's quoted text is one of YAML, too.
        return plain ? word : new JsonText().value(word).toString().strip();
    }
}
