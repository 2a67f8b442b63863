// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.report;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Orders names as people do: what stands before a number by its letters, then the number by its size, `125m` before
/// `1.3b`.
final class NamesBySize {
    static final Comparator<String> ORDER = NamesBySize::compare;

    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)([mbt]?)(?![a-z0-9])|\\d+|\\D+?(?=\\d|$)");

    private NamesBySize() {}

    private static int compare(String one, String other) {
        Matcher first = PART.matcher(one);
        Matcher second = PART.matcher(other);
        while (true) {
            boolean more = first.find();
            boolean otherMore = second.find();
            if (!more || !otherMore) {
                return more == otherMore ? one.compareTo(other) : Boolean.compare(more, otherMore);
            }
            double size = size(first);
            double otherSize = size(second);
            int order = Double.isNaN(size) || Double.isNaN(otherSize)
                    ? first.group().compareTo(second.group())
                    : Double.compare(size, otherSize);
            if (order != 0) {
                return order;
            }
        }
    }

    /// The value of a number, with its m, b or t; NaN for letters.
    private static double size(Matcher part) {
        String number = part.group(1) == null ? part.group() : part.group(1);
        if (!Character.isDigit(number.charAt(0))) {
            return Double.NaN;
        }
        String unit = part.group(2) == null ? "" : part.group(2);
        return Double.parseDouble(number)
                * switch (unit) {
                    case "m" -> 1e6;
                    case "b" -> 1e9;
                    case "t" -> 1e12;
                    default -> 1;
                };
    }
}
