// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.spec;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Problems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A scenario file laid over the files that it extends and imports.
final class ScenarioFile {
    private static final int LONGEST_CHAIN = 16;

    private ScenarioFile() {}

    /// Reads a file and what it extends, from files beside it.
    static Laid read(Catalog catalog, Path file, Problems problems) {
        return extended(catalog, Document.read(file, problems), file, problems);
    }

    static Laid extended(Catalog catalog, Document document, Path file, Problems problems) {
        List<String> notes = new ArrayList<>();
        List<String> assumed = new ArrayList<>();
        List<Path> chain = new ArrayList<>();
        List<Document> documents = new ArrayList<>();
        Document current = document;
        Path place = file.toAbsolutePath().normalize();
        while (true) {
            chain.add(place);
            Path here = place;
            String firstName = document.name();
            Laid laid = ImportBlock.lay(
                    catalog,
                    current,
                    name -> regular(beside(here, name)),
                    found -> shownBeside(firstName, file, found),
                    problems);
            notes.addAll(laid.notes());
            assumed.addAll(laid.assumed());
            laid = withTopology(catalog, laid.document(), file, here, problems);
            assumed.addAll(laid.assumed());
            current = laid.document();
            documents.add(current);
            Entry root = current.root();
            String extended = root.optionalText("extends");
            if (extended == null || extended.isEmpty()) {
                break;
            }
            Path next = beside(place, extended);
            if (next == null || !Files.isRegularFile(next)) {
                root.problem("extends", root.shown("extends"), "must be a file beside " + place.getFileName(), "");
                break;
            }
            if (chain.contains(next) || chain.size() == LONGEST_CHAIN) {
                String rule =
                        chain.contains(next) ? "leads back to " + next.getFileName() : "is a link too many of a chain";
                root.problem("extends", root.shown("extends"), rule, "");
                break;
            }
            current = Document.read(shownBeside(documents.getFirst().name(), file, next), next, problems);
            place = next;
        }
        Document merged = documents.removeLast();
        while (!documents.isEmpty()) {
            merged = documents.removeLast().over(merged);
        }
        return new Laid(merged, notes, assumed);
    }

    /// A document over the node of the graph that it names.
    ///
    /// @param first file of the chain, beside which others are shown
    /// @param here file of the document, beside which others are found
    static Laid withTopology(Catalog catalog, Document document, Path first, Path here, Problems problems) {
        return TopologyKey.lay(
                catalog,
                document,
                name -> regular(beside(here, name)),
                found -> shownBeside(first.toString(), first, found),
                problems);
    }

    private static @Nullable Path regular(@Nullable Path path) {
        return path != null && Files.isRegularFile(path) ? path : null;
    }

    private static @Nullable Path beside(Path place, String extended) {
        try {
            return place.resolveSibling(extended).normalize();
        } catch (InvalidPathException e) {
            return null;
        }
    }

    /// Names an extended file the way the first one was named: relative stays relative.
    private static String shownBeside(String firstName, Path first, Path next) {
        if (first.isAbsolute() || firstName.isEmpty()) {
            return next.toString();
        }
        Path here = Path.of("").toAbsolutePath();
        return next.startsWith(here) ? here.relativize(next).toString() : next.toString();
    }
}
