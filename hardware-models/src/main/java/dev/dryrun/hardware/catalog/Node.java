// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.catalog;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A value of a file with its place: a mapping, a sequence or a scalar.
sealed interface Node {
    Position at();

    /// How a message names the value: scalars as written (text in quotes), others by their kind.
    String shown();

    /// The same as plain Java values: maps in the order of the file, lists, strings, numbers, booleans, null.
    @Nullable
    Object plain();

    /// A value and the place of its key.
    record Member(Position keyAt, Node value) {}

    record Mapping(Position at, Map<String, Member> members) implements Node {
        @Override
        public String shown() {
            return "a mapping";
        }

        @Override
        public Map<String, @Nullable Object> plain() {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            members.forEach((key, member) -> copy.put(key, member.value().plain()));
            return copy;
        }

        /// This mapping laid over another: its scalars and sequences replace, its mappings are laid over in turn.
        Mapping over(Mapping base) {
            var merged = new LinkedHashMap<>(base.members);
            members.forEach((key, member) -> merged.merge(key, member, (below, above) -> {
                boolean deep = below.value() instanceof Mapping && above.value() instanceof Mapping;
                return deep
                        ? new Member(above.keyAt(), ((Mapping) above.value()).over((Mapping) below.value()))
                        : above;
            }));
            return new Mapping(at, merged);
        }
    }

    record Sequence(Position at, List<Node> items) implements Node {
        @Override
        public String shown() {
            return "a list";
        }

        @Override
        public Object plain() {
            return items.stream().map(Node::plain).toList();
        }
    }

    /// Kinds of scalar by the rules of YAML 1.2; quoted values are text.
    enum Kind {
        TEXT,
        NUMBER,
        BOOLEAN,
        NULL
    }

    record Scalar(Position at, Kind kind, String text) implements Node {
        private static final int LONGEST_SHOWN = 60;

        @Override
        public String shown() {
            String visible = text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN - 3) + "...";
            var clean = new StringBuilder();
            visible.codePoints().forEach(c -> clean.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
            return switch (kind) {
                case TEXT -> "\"" + clean + "\"";
                case NUMBER, BOOLEAN -> clean.toString();
                case NULL -> "empty";
            };
        }

        @Override
        public @Nullable Object plain() {
            return switch (kind) {
                case TEXT -> text;
                case NUMBER -> plainNumber();
                case BOOLEAN -> Boolean.valueOf(text);
                case NULL -> null;
            };
        }

        private Object plainNumber() {
            double value = Numbers.parse(text);
            return value == Math.rint(value) && Math.abs(value) < Numbers.LARGEST_EXACT
                    ? (Object) (long) value
                    : (Object) value;
        }
    }
}
