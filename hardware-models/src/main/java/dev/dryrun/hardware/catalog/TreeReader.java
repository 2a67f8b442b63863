// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/// One pass over the tokens of a file that makes nodes with their positions.
final class TreeReader {
    private static final int DEEPEST = 40;
    private static final int MOST_TOKENS = 500_000;

    private final String file;
    private final Problems problems;
    private final JsonParser parser;
    private int tokens;

    private TreeReader(String file, JsonParser parser, Problems problems) {
        this.file = file;
        this.parser = parser;
        this.problems = problems;
    }

    /// The root of the file; null where there is none, with a problem that says why.
    static @Nullable Node read(String file, String text, boolean json, Problems problems) {
        ObjectReadContext context = ObjectReadContext.empty();
        try (JsonParser parser =
                json ? new JsonFactory().createParser(context, text) : new YAMLFactory().createParser(context, text)) {
            return new TreeReader(file, parser, problems).document();
        } catch (TooMuch e) {
            problems.add(e.at, "", e.found, e.expected, "");
        } catch (JacksonException e) {
            TokenStreamLocation where = e.getLocation();
            Position at = where == null || where.getLineNr() < 1
                    ? Position.startOf(file)
                    : new Position(file, where.getLineNr(), Math.max(1, where.getColumnNr()));
            String kind = json ? "JSON" : "YAML";
            problems.add(at, "", "not " + kind + " (" + reason(e) + ")", "must be valid " + kind, "");
        }
        return null;
    }

    private @Nullable Node document() {
        JsonToken first = parser.nextToken();
        if (first == null) {
            problems.add(Position.startOf(file), "", "empty", "must hold a mapping of keys to values", "");
            return null;
        }
        Node root = value(first, 0);
        if (parser.nextToken() != null) {
            problems.add(here(), "", "more than one document", "must hold one", "split it at \"---\"");
        }
        return root;
    }

    private Node value(JsonToken token, int depth) {
        Position at = here();
        if (depth > DEEPEST) {
            throw new TooMuch(at, "nested more than " + DEEPEST + " levels deep", "must be flatter");
        }
        if (++tokens > MOST_TOKENS) {
            throw new TooMuch(at, "more than " + MOST_TOKENS + " values long", "must be shorter");
        }
        return switch (token) {
            case START_OBJECT -> mapping(at, depth);
            case START_ARRAY -> sequence(at, depth);
            case VALUE_NULL -> new Node.Scalar(at, Node.Kind.NULL, "");
            case VALUE_TRUE, VALUE_FALSE ->
                new Node.Scalar(at, Node.Kind.BOOLEAN, token == JsonToken.VALUE_TRUE ? "true" : "false");
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(at);
            default -> text(at);
        };
    }

    private Node number(Position at) {
        String text = parser.getString();
        return new Node.Scalar(at, Node.Kind.NUMBER, text);
    }

    private Node text(Position at) {
        String text = parser.getString();
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            problems.add(
                    at, "", "using the alias *" + text, "aliases are not read", "write the value out, or use extends");
            return new Node.Scalar(at, Node.Kind.NULL, "");
        }
        boolean none = text == null || text.equals("~");
        return new Node.Scalar(at, none ? Node.Kind.NULL : Node.Kind.TEXT, none ? "" : text);
    }

    private Node mapping(Position at, int depth) {
        Map<String, Node.Member> members = new LinkedHashMap<>();
        for (JsonToken token; (token = parser.nextToken()) != JsonToken.END_OBJECT; ) {
            if (token == null) {
                break;
            }
            Position keyAt = here();
            String key = parser.currentName();
            Node.Member member = new Node.Member(keyAt, value(parser.nextToken(), depth + 1));
            Node.Member earlier = members.putIfAbsent(key, member);
            if (earlier != null) {
                problems.add(
                        keyAt,
                        "\"" + key + "\"",
                        "given twice",
                        "a key stands once in a mapping (first on line "
                                + earlier.keyAt().line() + ")",
                        "delete one");
            }
        }
        return new Node.Mapping(at, members);
    }

    private Node sequence(Position at, int depth) {
        List<Node> items = new ArrayList<>();
        for (JsonToken token; (token = parser.nextToken()) != JsonToken.END_ARRAY; ) {
            if (token == null) {
                break;
            }
            items.add(value(token, depth + 1));
        }
        return new Node.Sequence(at, List.copyOf(items));
    }

    private Position here() {
        TokenStreamLocation where = parser.currentTokenLocation();
        return new Position(file, Math.max(1, where.getLineNr()), Math.max(1, where.getColumnNr()));
    }

    private static String reason(JacksonException e) {
        String message = e.getOriginalMessage();
        String first = message == null ? "it cannot be read" : message.strip();
        int end = first.indexOf('\n');
        first = end < 0 ? first : first.substring(0, end).strip();
        int marker = first.indexOf(" (start marker at ");
        first = marker < 0 ? first : first.substring(0, marker);
        return first.length() <= 100 ? first : first.substring(0, 97) + "...";
    }

    /// Thrown and caught here only: the file is beyond what a person would write.
    private static final class TooMuch extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Position at;
        private final String found;
        private final String expected;

        TooMuch(Position at, String found, String expected) {
            super(found, null, false, false);
            this.at = at;
            this.found = found;
            this.expected = expected;
        }
    }
}
