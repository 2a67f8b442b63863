// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.fit;

import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.hardware.catalog.Unit;
import dev.dryrun.validation.published.simulate.CatalogChanges.Kind;
import dev.dryrun.validation.published.simulate.CatalogChanges.Place;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Priors by kind of constant, from `priors.yaml` beside this class. The first line that fits a constant holds.
///
/// @param lines in the order of the file
record PriorTable(List<Line> lines) {
    private static final double ANYTHING = 1e30;

    /// What a line says of the constants that it fits.
    ///
    /// @param at dotted key of the constant
    /// @param entries names it holds for; empty for all
    /// @param unit of the constant; null for a plain number
    /// @param prior null where the constant has no part in the time of a step
    /// @param offered whether runs may move it wherever it stands, not only where earlier runs gave it
    record Line(
            Kind kind,
            String at,
            List<String> entries,
            @Nullable Unit unit,
            @Nullable Prior prior,
            boolean offered) {
        boolean fits(Place place, String key) {
            return kind == place.kind() && at.equals(key) && (entries.isEmpty() || entries.contains(place.name()));
        }
    }

    PriorTable {
        lines = List.copyOf(lines);
    }

    static PriorTable builtIn() {
        try (InputStream stream = PriorTable.class.getResourceAsStream("priors.yaml")) {
            if (stream == null) {
                throw new IllegalStateException("resource priors.yaml is missing");
            }
            return read("priors.yaml", new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static PriorTable read(String file, String text) {
        var problems = new Problems();
        Entry root = Document.read(file, text, problems).root();
        var lines = new ArrayList<Line>();
        for (Entry entry : root.children("priors")) {
            lines.add(line(entry));
        }
        root.rejectUnknownKeys();
        problems.throwIfAny();
        return new PriorTable(lines);
    }

    private static Line line(Entry entry) {
        Kind kind = entry.choice("kind", Kind.class);
        String at = entry.text("at");
        List<String> entries = entry.texts("entries");
        @Nullable Unit unit = entry.has("unit") ? entry.choice("unit", Unit.class, Unit.SECONDS) : null;
        boolean time = entry.flag("time", true);
        String source = entry.text("source");
        @Nullable Prior prior = time ? prior(entry, source) : null;
        boolean offered = entry.flag("offered", false);
        entry.rejectUnknownKeys();
        return new Line(kind, at, entries, unit, prior, offered);
    }

    private static Prior prior(Entry entry, String source) {
        Prior.Scale scale = entry.choice("scale", Prior.Scale.class);
        double least = entry.number("least", 0, ANYTHING);
        double most = entry.number("most", least, ANYTHING);
        double centre = entry.number("centre", least, most);
        return new Prior(scale, centre, entry.number("spread", 1e-12, ANYTHING), least, most, source);
    }

    Optional<Line> of(Place place, String key) {
        return lines.stream().filter(line -> line.fits(place, key)).findFirst();
    }
}
