// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.catalog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A file of keys and values, YAML or JSON, in which every value knows its line and column.
public final class Document {
    private static final long LARGEST_BYTES = 4L << 20;

    private final String name;
    private final String text;
    private final Node.Mapping root;
    private final boolean readable;
    private final Problems problems;

    private Document(String name, String text, Node.@Nullable Mapping root, Problems problems) {
        this.name = name;
        this.text = text;
        this.root = root == null ? new Node.Mapping(Position.startOf(name), Map.of()) : root;
        this.readable = root != null;
        this.problems = problems;
    }

    /// Reads text that stands in a file of that name; JSON where the name ends in `.json`, else YAML.
    public static Document read(String name, String yamlOrJson, Problems problems) {
        return read(name, yamlOrJson, name.toLowerCase(Locale.ROOT).endsWith(".json"), problems);
    }

    /// Reads JSON that stands in a file of that name, whatever its extension.
    public static Document readJson(String name, String json, Problems problems) {
        return read(name, json, true, problems);
    }

    private static Document read(String name, String yamlOrJson, boolean json, Problems problems) {
        Node node = TreeReader.read(name, yamlOrJson, json, problems);
        if (node instanceof Node.Mapping mapping) {
            return new Document(name, yamlOrJson, mapping, problems);
        }
        if (node instanceof Node.Scalar scalar && scalar.kind() == Node.Kind.NULL) {
            problems.add(Position.startOf(name), "", "empty", "must hold a mapping of keys to values", "");
        } else if (node != null) {
            problems.add(node.at(), "", node.shown(), "must hold a mapping of keys to values", "");
        }
        return new Document(name, yamlOrJson, null, problems);
    }

    /// Reads a file; one that is absent, too large or no UTF-8 is a problem.
    public static Document read(Path file, Problems problems) {
        return read(file.toString(), file, problems);
    }

    /// Reads a file that messages call by another name.
    public static Document read(String name, Path file, Problems problems) {
        try {
            if (Files.isDirectory(file)) {
                return unreadable(name, "a folder", "must be a file", problems);
            }
            if (Files.size(file) > LARGEST_BYTES) {
                return unreadable(name, Files.size(file) + " bytes large", "must be under 4 MiB", problems);
            }
            var decoder = StandardCharsets.UTF_8.newDecoder();
            return read(
                    name,
                    decoder.decode(ByteBuffer.wrap(Files.readAllBytes(file))).toString(),
                    problems);
        } catch (CharacterCodingException e) {
            return unreadable(name, "not text", "must be YAML or JSON in UTF-8", problems);
        } catch (IOException e) {
            boolean absent = !Files.exists(file);
            return unreadable(name, absent ? "absent" : "unreadable", "must exist and be readable", problems);
        }
    }

    /// A document made of values from elsewhere, by dotted key (`strategy.pipeline.stages`); a problem with a value is
    /// told where the value was taken from. A mapping stands where its first value stands.
    ///
    /// @throws IllegalArgumentException where a key holds both a value and a mapping
    public static Document of(String name, Map<String, Given> values, Problems problems) {
        return new Document(name, "", Given.tree(Position.startOf(name), values), problems);
    }

    private static Document unreadable(String name, String found, String expected, Problems problems) {
        problems.add(Position.startOf(name), "", found, expected, "");
        return new Document(name, "", null, problems);
    }

    public String name() {
        return name;
    }

    /// The file as it stands.
    public String text() {
        return text;
    }

    /// Whether the file could be read as a mapping; where not, a problem was reported and the root asks nothing.
    public boolean readable() {
        return readable;
    }

    public Entry root() {
        return new Entry("", root, problems, readable);
    }

    /// Every value that is no mapping, and every empty mapping, in the order of the file.
    public List<Leaf> leaves() {
        List<Leaf> leaves = new ArrayList<>();
        collect(root, List.of(), leaves);
        return List.copyOf(leaves);
    }

    private static void collect(Node node, List<String> path, List<Leaf> leaves) {
        if (node instanceof Node.Mapping mapping && !(mapping.members().isEmpty() && !path.isEmpty())) {
            mapping.members().forEach((key, member) -> {
                List<String> deeper = new ArrayList<>(path);
                deeper.add(key);
                collect(member.value(), deeper, leaves);
            });
            return;
        }
        String text = node instanceof Node.Scalar scalar ? scalar.text() : "";
        leaves.add(new Leaf(path, node.at(), node.plain(), text));
    }

    /// This document laid over another: where both have a mapping they are merged, elsewhere this one's value stands.
    /// Positions stay those of the file in which a value was written.
    public Document over(Document base) {
        return readable && base.readable ? new Document(name, text, root.over(base.root), problems) : this;
    }

    /// This document as the value at a key, or at a key in the mapping at another key, and so on.
    public Document under(String... keys) {
        Node.Mapping mapping = root;
        for (int i = keys.length - 1; i >= 0; i--) {
            mapping = new Node.Mapping(root.at(), Map.of(keys[i], new Node.Member(root.at(), mapping)));
        }
        return readable ? new Document(name, text, mapping, problems) : this;
    }

    /// This document without what stands at a key, in the mapping at the key before it, and so on.
    public Document without(String... keys) {
        return new Document(name, text, without(root, List.of(keys)), problems);
    }

    private static Node.Mapping without(Node.Mapping mapping, List<String> keys) {
        Map<String, Node.Member> members = new LinkedHashMap<>(mapping.members());
        Node.Member member = members.get(keys.getFirst());
        if (keys.size() == 1) {
            members.remove(keys.getFirst());
        } else if (member != null && member.value() instanceof Node.Mapping below) {
            Node.Mapping rest = without(below, keys.subList(1, keys.size()));
            members.put(keys.getFirst(), new Node.Member(member.keyAt(), rest));
        }
        return new Node.Mapping(mapping.at(), members);
    }

    /// This document with another text at a key of its root.
    Document with(String key, String value) {
        Map<String, Node.Member> members = new LinkedHashMap<>(root.members());
        members.put(key, new Node.Member(root.at(), new Node.Scalar(root.at(), Node.Kind.TEXT, value)));
        return new Document(name, text, new Node.Mapping(root.at(), members), problems);
    }

    /// The place of the value at a JSON pointer (`/strategy/tensor`); that of its nearest ancestor where it is absent.
    public Position positionOf(String pointer) {
        Node node = root;
        for (String part : pointer.split("/", -1)) {
            Node next =
                    part.isEmpty() ? node : step(node, part.replace("~1", "/").replace("~0", "~"));
            if (next == null) {
                break;
            }
            node = next;
        }
        return node.at();
    }

    private static @Nullable Node step(Node node, String key) {
        return switch (node) {
            case Node.Mapping mapping -> {
                Node.Member member = mapping.members().get(key);
                yield member == null ? null : member.value();
            }
            case Node.Sequence sequence -> {
                double index = Numbers.parse(key);
                yield index >= 0 && index < sequence.items().size()
                        ? sequence.items().get((int) index)
                        : null;
            }
            case Node.Scalar ignored -> null;
        };
    }
}
