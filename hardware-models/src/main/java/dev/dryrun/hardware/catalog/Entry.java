// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.catalog;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A mapping of a document, read key by key.
///
/// Where a value is wrong or missing an accessor reports a [Problem] and returns a harmless value of its type (the
/// least allowed number, one unit, the first constant), so that reading goes on and tells everything that is wrong.
/// Who reads a document asks [Problems#throwIfAny] before the result is used.
public final class Entry {
    private final String pointer;
    private final Node.Mapping node;
    private final Problems problems;
    private final boolean asks;
    private final Questions questions;
    private final Set<String> known = new LinkedHashSet<>();
    private final Set<String> wrong = new HashSet<>();

    /// @param asks false for the stand-in of a mapping that was reported missing already: it reports nothing more
    Entry(String pointer, Node.Mapping node, Problems problems, boolean asks) {
        this(pointer, node, problems, asks, Questions.UNHEARD);
    }

    private Entry(String pointer, Node.Mapping node, Problems problems, boolean asks, Questions questions) {
        this.pointer = pointer;
        this.node = node;
        this.problems = problems;
        this.asks = asks;
        this.questions = questions;
    }

    /// JSON pointer of this mapping in its document; empty for the root.
    public String pointer() {
        return pointer;
    }

    public Position position() {
        return node.at();
    }

    public Problems problems() {
        return problems;
    }

    /// The same mapping, with somebody who hears what its readers ask.
    public Entry heardBy(Questions listener) {
        return new Entry(pointer, node, problems, asks, listener);
    }

    /// Keys in the order of the file.
    public List<String> keys() {
        return List.copyOf(node.members().keySet());
    }

    /// Whether the key has a value other than null.
    public boolean has(String key) {
        ask(key, new Wanted.Presence());
        return value(key) != null;
    }

    /// Whether the key holds a block written in place of the name of a catalog entry of that kind.
    public boolean hasBlock(String key, String kind) {
        ask(key, new Wanted.Name(kind));
        return hasMapping(key);
    }

    /// Whether the key holds a mapping.
    public boolean hasMapping(String key) {
        ask(key, new Wanted.Mapping());
        return value(key) instanceof Node.Mapping;
    }

    /// Whether the key holds that word, where others are told by another accessor.
    public boolean hasWord(String key, String word) {
        ask(key, new Wanted.Words(List.of(word)));
        return value(key) instanceof Node.Scalar scalar && scalar.text().equals(word);
    }

    /// Whether no problem was reported with any of these keys, so that rules between them can be judged.
    public boolean isSound(String... keys) {
        for (String key : keys) {
            if (wrong.contains(key)) {
                return false;
            }
        }
        return asks;
    }

    /// This mapping laid over another, as when a block refines one of the catalog: where both have a mapping they are
    /// merged, elsewhere this one's value stands. Positions stay those of the file in which a value was written.
    public Entry over(Entry base) {
        return new Entry(pointer, node.over(base.node), problems, asks && base.asks, questions);
    }

    /// Accepts keys that are there for people and not read.
    public void allow(String... keys) {
        for (String key : keys) {
            ask(key, new Wanted.Anything());
        }
    }

    public String text(String key) {
        String text = optionalText(key);
        if (text == null) {
            missing(key, "a text is needed");
            return "";
        }
        return text;
    }

    public String text(String key, String whenAbsent) {
        String text = optionalText(key);
        return text == null ? whenAbsent : text;
    }

    /// The text; null where the key is absent. A number or flag counts as the text that was written.
    public @Nullable String optionalText(String key) {
        ask(key, new Wanted.Text());
        Node value = value(key);
        if (value == null) {
            return null;
        }
        if (value instanceof Node.Scalar scalar && !scalar.text().isBlank()) {
            return scalar.text();
        }
        problem(key, value.shown(), "must be a text", "");
        return "";
    }

    /// The name of a catalog entry of that kind.
    public String name(String key, String kind) {
        ask(key, new Wanted.Name(kind));
        return text(key);
    }

    /// The same; null where the key is absent.
    public @Nullable String optionalName(String key, String kind) {
        ask(key, new Wanted.Name(kind));
        return optionalText(key);
    }

    /// A whole number between two bounds; `min` where it is wrong or missing.
    public long integer(String key, long min, long max) {
        ask(key, new Wanted.Whole(min, max));
        if (!has(key)) {
            missing(key, wholeNumber(min, max) + " is needed");
            return min;
        }
        return integer(key, min, max, min);
    }

    public long integer(String key, long min, long max, long whenAbsent) {
        ask(key, new Wanted.Whole(min, max));
        Node value = value(key);
        if (value == null) {
            return whenAbsent;
        }
        if (value instanceof Node.Scalar scalar && scalar.kind() == Node.Kind.NUMBER) {
            double number = Numbers.parse(scalar.text());
            if (number == Math.rint(number)
                    && Math.abs(number) <= Numbers.LARGEST_EXACT
                    && number >= min
                    && number <= max) {
                return (long) number;
            }
        }
        problem(key, value.shown(), "must be " + wholeNumber(min, max), withoutQuotes(value));
        return min;
    }

    /// A number between two bounds, without unit; `min` where it is wrong or missing.
    public double number(String key, double min, double max) {
        ask(key, new Wanted.Decimal(min, max));
        if (!has(key)) {
            missing(
                    key,
                    "a number" + range(Numbers.show(min), Numbers.show(max), Double.isInfinite(max)) + " is needed");
            return min;
        }
        return number(key, min, max, min);
    }

    public double number(String key, double min, double max, double whenAbsent) {
        ask(key, new Wanted.Decimal(min, max));
        Node value = value(key);
        return value == null ? whenAbsent : number(key, value, min, max);
    }

    private double number(String key, Node value, double min, double max) {
        if (value instanceof Node.Scalar scalar && scalar.kind() == Node.Kind.NUMBER) {
            double number = Numbers.parse(scalar.text());
            if (number >= min && number <= max && !Double.isInfinite(number)) {
                return number;
            }
        }
        String bounds = range(Numbers.show(min), Numbers.show(max), max >= Double.MAX_VALUE);
        problem(key, value.shown(), "must be a number" + bounds, withoutQuotes(value));
        return min;
    }

    /// Numbers of a list, each between the bounds; empty where the key is absent.
    public List<Double> numbers(String key, double min, double max) {
        return items(key, new Wanted.Decimal(min, max)).stream()
                .map(item -> number(key, item, min, max))
                .toList();
    }

    /// Whole numbers of a list, each between the bounds; empty where the key is absent.
    public List<Integer> integers(String key, int min, int max) {
        List<Integer> integers = new ArrayList<>();
        for (Node item : items(key, new Wanted.Whole(min, max))) {
            double number = item instanceof Node.Scalar scalar && scalar.kind() == Node.Kind.NUMBER
                    ? Numbers.parse(scalar.text())
                    : Double.NaN;
            if (number >= min && number <= max && number == Math.rint(number)) {
                integers.add((int) number);
            } else {
                problem(key, item.shown(), "must hold whole numbers from " + min + " to " + max, "");
                integers.add(min);
            }
        }
        return List.copyOf(integers);
    }

    /// A value with its unit, such as `400 Gb/s`; 1 where it is wrong or missing.
    public double quantity(String key, Unit unit) {
        ask(key, new Wanted.Amount(unit));
        if (!has(key)) {
            missing(key, "a quantity such as " + unit.example() + " is needed");
            return 1;
        }
        return quantity(key, unit, 1);
    }

    public double quantity(String key, Unit unit, double whenAbsent) {
        ask(key, new Wanted.Amount(unit));
        Node value = value(key);
        return value == null ? whenAbsent : quantity(key, value, unit);
    }

    private double quantity(String key, Node value, Unit unit) {
        String like = "such as " + unit.example();
        if (!(value instanceof Node.Scalar scalar) || scalar.kind() == Node.Kind.BOOLEAN) {
            problem(key, value.shown(), "must be a quantity " + like, "");
            return 1;
        }
        Quantity quantity = Quantity.parse(scalar.text());
        if (Double.isNaN(quantity.number())) {
            problem(key, value.shown(), "must be a quantity " + like, "");
        } else if (quantity.unit().isEmpty()) {
            String unitOfExample = unit.example().substring(unit.example().indexOf(' ') + 1);
            problem(key, value.shown(), "needs a unit, " + like, scalar.text() + " " + unitOfExample);
        } else {
            double inUnit = quantity.in(unit);
            if (Double.isNaN(inUnit)) {
                problem(key, value.shown(), "must have a unit as in " + unit.example(), "");
            } else if (inUnit < 0 || (inUnit == 0 && unit.positive()) || inUnit > 1e27) {
                String rule = inUnit > 1e27
                        ? "must be smaller"
                        : unit.positive() ? "must be positive" : "must not be negative";
                problem(key, value.shown(), rule, "");
            } else {
                return inUnit;
            }
        }
        return 1;
    }

    public boolean flag(String key, boolean whenAbsent) {
        ask(key, new Wanted.Flag());
        Node value = value(key);
        if (value == null) {
            return whenAbsent;
        }
        if (value instanceof Node.Scalar scalar && scalar.kind() == Node.Kind.BOOLEAN) {
            return scalar.text().equals("true");
        }
        problem(key, value.shown(), "must be true or false", "");
        return whenAbsent;
    }

    /// A constant of an enum by its name in kebab case: `RAIL_OPTIMISED` is written `rail-optimised`.
    public <E extends Enum<E>> E choice(String key, Class<E> type, E whenAbsent) {
        List<E> constants = constants(type);
        List<String> names = kebab(constants);
        return constants.get(names.indexOf(word(key, names, kebab(whenAbsent))));
    }

    /// The same where the key must be there.
    public <E extends Enum<E>> E choice(String key, Class<E> type) {
        List<String> names = kebab(constants(type));
        E first = constants(type).getFirst();
        ask(key, new Wanted.Words(names));
        if (!has(key)) {
            missing(key, "one of " + String.join(", ", names) + " is needed");
            return first;
        }
        return choice(key, type, first);
    }

    /// One of some words.
    public String word(String key, List<String> words, String whenAbsent) {
        ask(key, new Wanted.Words(words));
        Node value = value(key);
        if (value == null) {
            return whenAbsent;
        }
        if (value instanceof Node.Scalar scalar && words.contains(scalar.text())) {
            return scalar.text();
        }
        String rule = words.size() == 1 ? "must be " : "must be one of ";
        problem(key, value.shown(), rule + String.join(", ", words), nearest(value, words));
        return whenAbsent;
    }

    /// Words of a list, each one of some; empty where the key is absent.
    public List<String> words(String key, List<String> words) {
        List<String> found = new ArrayList<>();
        for (Node item : items(key, new Wanted.Words(words))) {
            if (item instanceof Node.Scalar scalar && words.contains(scalar.text())) {
                found.add(scalar.text());
            } else {
                problem(key, item.shown(), "must hold words of " + String.join(", ", words), nearest(item, words));
            }
        }
        return List.copyOf(found);
    }

    /// The name under which files know a constant.
    public static String kebab(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The mapping at a key; where it is missing that is a problem, and the stand-in reports nothing further.
    public Entry child(String key) {
        ask(key, new Wanted.Mapping());
        if (!has(key)) {
            missing(key, "a mapping is needed");
            return below(key, new Node.Mapping(node.at(), Map.of()), false);
        }
        return optionalChild(key);
    }

    /// The mapping at a key, or an empty one, whose required keys are still asked for.
    public Entry optionalChild(String key) {
        ask(key, new Wanted.Mapping());
        Node value = value(key);
        if (value instanceof Node.Mapping mapping) {
            return below(key, mapping, asks);
        }
        if (value != null) {
            problem(key, value.shown(), "must be a mapping", "");
        }
        return below(key, new Node.Mapping(node.at(), Map.of()), asks && value == null);
    }

    private Entry below(String key, Node.Mapping mapping, boolean childAsks) {
        return new Entry(pointerOf(key), mapping, problems, childAsks, questions);
    }

    /// The mappings of a list; empty where the key is absent.
    public List<Entry> children(String key) {
        List<Entry> children = new ArrayList<>();
        int index = 0;
        for (Node item : items(key, new Wanted.Mapping())) {
            if (item instanceof Node.Mapping mapping) {
                children.add(new Entry(pointerOf(key) + "/" + index, mapping, problems, asks, questions));
            } else {
                report(item.at(), field(key) + "[" + index + "]", item.shown(), "must be a mapping", "");
            }
            index++;
        }
        return List.copyOf(children);
    }

    /// The texts of a list; empty where the key is absent.
    public List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (Node item : items(key, new Wanted.Text())) {
            if (item instanceof Node.Scalar scalar && scalar.kind() != Node.Kind.NULL) {
                texts.add(scalar.text());
            } else {
                report(item.at(), field(key) + "[" + texts.size() + "]", item.shown(), "must be a text", "");
            }
        }
        return List.copyOf(texts);
    }

    private List<Node> items(String key, Wanted item) {
        ask(key, new Wanted.Items(item));
        Node value = value(key);
        if (value instanceof Node.Sequence sequence) {
            return sequence.items();
        }
        if (value != null) {
            problem(key, value.shown(), "must be a list", "");
        }
        return List.of();
    }

    /// A quantity with its provenance, `{value: 312 TFLOP/s, source: ..., date: ..., status: data-sheet}`, or a bare
    /// one, whose source is that of the whole entry.
    public Figure figure(String key, Unit unit) {
        ask(key, new Wanted.WithProvenance(new Wanted.Amount(unit)));
        if (hasMapping(key)) {
            Entry figure = optionalChild(key);
            return figure.provenance(figure.quantity("value", unit));
        }
        return new Figure(quantity(key, unit), text("source", ""), text("date", ""), Figure.Status.UNVERIFIED);
    }

    /// A plain number with its provenance, or a bare one.
    public Figure figure(String key, double min, double max) {
        ask(key, new Wanted.WithProvenance(new Wanted.Decimal(min, max)));
        if (hasMapping(key)) {
            Entry figure = optionalChild(key);
            return figure.provenance(figure.number("value", min, max));
        }
        return new Figure(number(key, min, max), text("source", ""), text("date", ""), Figure.Status.UNVERIFIED);
    }

    private Figure provenance(double value) {
        Figure.Status status = choice("status", Figure.Status.class, Figure.Status.UNVERIFIED);
        var figure = new Figure(value, text("source", ""), text("date", ""), status);
        allow("note");
        rejectUnknownKeys();
        return figure;
    }

    /// Reports a problem with the value at a key; where the key is absent, at the mapping that should have it.
    public void problem(String key, String found, String expected, String remedy) {
        wrong.add(key);
        Node.Member member = node.members().get(key);
        report(member == null ? node.at() : member.value().at(), field(key), found, expected, remedy);
    }

    /// Reports that this mapping as a whole cannot be, in a sentence of its own.
    public void problem(String sentence) {
        report(node.at(), field(""), "", sentence, "");
    }

    /// The value at a key as a message should name it: text in quotes, numbers bare; "missing" where it is absent.
    public String shown(String key) {
        Node value = value(key);
        return value == null ? "missing" : value.shown();
    }

    /// The mapping as plain Java values: maps in the order of the file, lists, texts, numbers, booleans and null.
    public Map<String, @Nullable Object> plain() {
        return node.plain();
    }

    /// Reports every key that no accessor asked for, with the nearest that one did.
    public void rejectUnknownKeys() {
        questions.closed(pointer);
        node.members().forEach((key, member) -> {
            if (!known.contains(key)) {
                String list = known.size() <= 24 ? "must be one of " + String.join(", ", known) : "is not known here";
                report(
                        member.keyAt(),
                        field(key),
                        "an unknown key",
                        list,
                        Nearest.quoted(key, known).replace("\"", ""));
            }
        });
    }

    private void ask(String key, Wanted wanted) {
        known.add(key);
        questions.asked(pointer, key, wanted);
    }

    private void missing(String key, String expected) {
        problem(key, "missing", expected, "");
    }

    private void report(Position at, String field, String found, String expected, String remedy) {
        if (asks) {
            problems.add(at, field, found, expected, remedy);
        }
    }

    private @Nullable Node value(String key) {
        Node.Member member = node.members().get(key);
        boolean none = member == null || (member.value() instanceof Node.Scalar s && s.kind() == Node.Kind.NULL);
        return none || member == null ? null : member.value();
    }

    private String field(String key) {
        return FieldPath.shown(pointerOf(key));
    }

    private String pointerOf(String key) {
        return FieldPath.below(pointer, key);
    }

    private static String wholeNumber(long min, long max) {
        return "a whole number" + range(Long.toString(min), Long.toString(max), max == Long.MAX_VALUE);
    }

    private static String range(String min, String max, boolean open) {
        return open ? " of at least " + min : " from " + min + " to " + max;
    }

    private static String withoutQuotes(Node value) {
        boolean quotedNumber = value instanceof Node.Scalar scalar
                && scalar.kind() == Node.Kind.TEXT
                && Double.isFinite(Numbers.parse(scalar.text()));
        return quotedNumber ? ((Node.Scalar) value).text() + " without quotes" : "";
    }

    private static String nearest(Node value, List<String> names) {
        return value instanceof Node.Scalar scalar
                ? Nearest.quoted(scalar.text(), names).replace("\"", "")
                : "";
    }

    private static List<String> kebab(List<? extends Enum<?>> constants) {
        return constants.stream().map(Entry::kebab).toList();
    }

    private static <E extends Enum<E>> List<E> constants(Class<E> type) {
        return List.of(type.getEnumConstants());
    }
}
