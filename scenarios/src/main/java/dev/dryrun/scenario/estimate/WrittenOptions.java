// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.estimate;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Nearest;
import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.hardware.catalog.Problems;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Options of a command line as they were written, read one by one. A wrong value is a problem and reads as the least
/// one that is allowed, so that reading goes on and tells everything that is wrong.
public final class WrittenOptions {
    private static final Position COMMAND_LINE = Position.onCommandLine();

    private final Map<String, String> texts;
    private final Problems problems = new Problems();

    /// @param texts text by name of the option, such as `--tokens`; a flag has an empty text
    public WrittenOptions(Map<String, String> texts) {
        this.texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
    }

    Problems problems() {
        return problems;
    }

    boolean has(String option) {
        return texts.containsKey(option);
    }

    /// Whether any of these options was written.
    boolean hasAny(List<String> options) {
        return options.stream().anyMatch(this::has);
    }

    @Nullable
    String text(String option) {
        return texts.get(option);
    }

    /// A number between the bounds: `7e9`, `7B` (billion), `1.4T` (trillion), `350M` (million).
    OptionalDouble number(String option, double min, double max) {
        String text = text(option);
        if (text == null) {
            return OptionalDouble.empty();
        }
        double value = parsed(text);
        if (value >= min && value <= max) {
            return OptionalDouble.of(value);
        }
        problem(
                option,
                "\"" + text + "\"",
                "must be a number from " + shown(min) + " to " + shown(max) + ", such as 7e9, 350M, 7B or 1.4T",
                "");
        return OptionalDouble.of(min);
    }

    /// A whole number between 1 and a bound.
    long whole(String option, long max, long whenAbsent) {
        String text = text(option);
        if (text == null) {
            return whenAbsent;
        }
        double value = parsed(text);
        if (value >= 1 && value <= max && value == Math.rint(value)) {
            return (long) value;
        }
        problem(option, "\"" + text + "\"", "must be a whole number from 1 to " + max, "");
        return 1;
    }

    /// A constant by the name that files use.
    <E extends Enum<E>> E choice(String option, Class<E> type, E whenAbsent) {
        String text = text(option);
        if (text == null) {
            return whenAbsent;
        }
        List<String> names = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            if (Entry.kebab(constant).equals(text)) {
                return constant;
            }
            names.add(Entry.kebab(constant));
        }
        String nearest = Nearest.quoted(text, names).replace("\"", "");
        problem(option, "\"" + text + "\"", "must be one of " + String.join(", ", names), nearest);
        return whenAbsent;
    }

    void problem(String option, String found, String expected, String remedy) {
        problems.add(COMMAND_LINE, option, found, expected, remedy);
    }

    /// Reports an option that was written and cannot be, or one that is missing.
    void problem(String option, String expected, String remedy) {
        String text = text(option);
        problem(option, text == null ? "missing" : text.isEmpty() ? "given" : "\"" + text + "\"", expected, remedy);
    }

    private static double parsed(String text) {
        String upper = text.strip().toUpperCase(Locale.ROOT);
        double factor = upper.isEmpty()
                ? 1
                : switch (upper.charAt(upper.length() - 1)) {
                    case 'K' -> 1e3;
                    case 'M' -> 1e6;
                    case 'B', 'G' -> 1e9;
                    case 'T' -> 1e12;
                    case 'P' -> 1e15;
                    default -> 1;
                };
        String digits = factor == 1 ? upper : upper.substring(0, upper.length() - 1);
        for (int i = 0; i < digits.length(); i++) {
            if ("+-.E0123456789".indexOf(digits.charAt(i)) < 0) {
                return Double.NaN;
            }
        }
        try {
            return Double.parseDouble(digits) * factor;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static String shown(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e7
                ? Long.toString((long) value)
                : Double.toString(value).replace(".0E", "E").toLowerCase(Locale.ROOT);
    }
}
