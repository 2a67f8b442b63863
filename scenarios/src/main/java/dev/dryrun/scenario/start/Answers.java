// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.start;

import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.scenario.imports.ScenarioDraft;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What is known of a job so far, as it was written.
public final class Answers {
    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
    private static final double LARGEST_EXACT = 0x1p53;

    private final Position place;
    private final Map<Field, String> written = new EnumMap<>(Field.class);

    /// @param place where messages say that they stand
    public Answers(Position place) {
        this.place = place;
    }

    /// The same answers and one more.
    Answers with(Field field, String answer) {
        var more = new Answers(place);
        more.written.putAll(written);
        more.put(field, answer);
        return more;
    }

    public void put(Field field, String answer) {
        written.put(field, answer);
    }

    public boolean has(Field field) {
        return written.containsKey(field);
    }

    public @Nullable String get(Field field) {
        return written.get(field);
    }

    /// The place of all answers in messages.
    Position place() {
        return place;
    }

    /// The answer as a value of a scenario: names are texts, and what reads as a number elsewhere is one.
    Object value(Field field) {
        String text = written.getOrDefault(field, "");
        boolean name = !field.kind().isEmpty() || field == Field.NAME;
        double number = name || !NUMBER.matcher(text).matches() ? Double.NaN : Double.parseDouble(text);
        if (!Double.isFinite(number)) {
            return text;
        }
        boolean whole = number == Math.rint(number) && Math.abs(number) < LARGEST_EXACT;
        return whole && text.chars().allMatch(Character::isDigit) ? (Object) (long) number : (Object) number;
    }

    /// A draft with all answers, in the order of their fields.
    ScenarioDraft draft() {
        var draft = new ScenarioDraft();
        for (Field field : written.keySet()) {
            draft.set(field.key(), value(field), place);
        }
        return draft;
    }
}
