// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.fit;

import dev.dryrun.hardware.catalog.Given;
import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.hardware.catalog.Unit;
import dev.dryrun.validation.published.simulate.CatalogChanges.Place;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A constant of a catalog entry that runs can move.
///
/// @param place the entry
/// @param at dotted key of the constant, without `value`
/// @param written its value as it stands
/// @param source who says so
public record RunConstant(Place place, String at, Written written, String source) {
    /// A value as a file has it.
    public sealed interface Written {
        /// A number, in SI where it has a unit.
        ///
        /// @param unit null for a plain number
        record Scalar(double value, @Nullable Unit unit) implements Written {
            /// Another value as files write it.
            Object with(double other) {
                Unit own = unit;
                return own == null ? (Object) other : other + " " + symbol(own);
            }
        }

        /// Lists of numbers that go up and down together; their first number stands for them.
        ///
        /// @param lists by key
        record Block(Map<String, List<Double>> lists) implements Written {
            public Block {
                lists = Collections.unmodifiableMap(new LinkedHashMap<>(lists));
            }

            double first() {
                return lists.values().iterator().next().getFirst();
            }
        }
    }

    /// The value that stands for the constant.
    public double value() {
        return switch (written) {
            case Written.Scalar scalar -> scalar.value();
            case Written.Block block -> block.first();
        };
    }

    /// What to lay over the entry so that the constant has another value, by dotted key.
    Map<String, Given> changed(double value) {
        Map<String, Given> changes = new LinkedHashMap<>();
        Position here = Position.startOf("fit");
        switch (written) {
            case Written.Scalar scalar -> changes.put(at + ".value", new Given(scalar.with(value), here));
            case Written.Block block ->
                block.lists().forEach((key, list) -> {
                    List<Double> scaled = list.stream()
                            .map(number -> number * value / block.first())
                            .toList();
                    changes.put(at + "." + key, new Given(scaled, here));
                });
        }
        return changes;
    }

    /// The value for people.
    String shown(double value) {
        Unit unit = switch (written) {
            case Written.Scalar scalar -> scalar.unit();
            case Written.Block block -> null;
        };
        if (unit == Unit.SECONDS) {
            return value < 1e-3
                    ? String.format(Locale.ROOT, "%.3g us", value * 1e6)
                    : String.format(Locale.ROOT, "%.3g ms", value * 1e3);
        }
        return String.format(Locale.ROOT, "%.3g", value) + (unit == null ? "" : " " + symbol(unit));
    }

    private static String symbol(Unit unit) {
        String example = unit.example();
        String symbol = example.substring(example.indexOf(' ') + 1);
        return switch (unit) {
            case SECONDS -> "s";
            case BYTES -> "B";
            case BYTES_PER_SECOND -> "B/s";
            case FLOPS_PER_SECOND -> "FLOP/s";
            case HERTZ -> "Hz";
            case WATTS, USD_PER_HOUR -> symbol;
        };
    }
}
