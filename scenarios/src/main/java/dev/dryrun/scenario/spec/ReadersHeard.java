// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.spec;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.InvalidInputException;
import dev.dryrun.hardware.catalog.Problem;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.hardware.catalog.Questions;
import java.util.List;

/// Reads files only to hear what their readers ask for, which is all that such a file may say.
public final class ReadersHeard {
    private final Catalog catalog;

    public ReadersHeard(Catalog catalog) {
        this.catalog = catalog;
    }

    /// Kinds of catalog entry that have a reader, in alphabetical order.
    public static List<String> kinds() {
        return List.copyOf(KindsOfEntry.READERS.keySet());
    }

    /// Reads a scenario, sound or not, and returns its problems.
    public List<Problem> scenario(String text, Questions questions) {
        var problems = new Problems();
        Document document = Document.read("scenario.yaml", text, problems);
        try {
            new ScenarioParts(catalog, document.root().heardBy(questions), "scenario").scenario(List.of(), List.of());
        } catch (InvalidInputException e) {
            return e.problems();
        }
        return List.of();
    }

    /// Reads an entry of the catalog; what is wrong with it does not matter here.
    public void entry(String kind, String name, Questions questions) {
        var problems = new Problems();
        Document document = catalog.find(kind, name, problems);
        if (document != null) {
            read(kind, name, document, questions, problems);
        }
    }

    /// Reads text as an entry of the catalog, and returns its problems.
    public List<Problem> entryText(String kind, String text, Questions questions) {
        var problems = new Problems();
        read(kind, "text", Document.read("text.yaml", text, problems), questions, problems);
        return problems.all();
    }

    private void read(String kind, String name, Document document, Questions questions, Problems problems) {
        var reader = KindsOfEntry.READERS.get(kind);
        if (reader == null) {
            throw new IllegalArgumentException("kind is " + kind + "; it must be one of " + kinds());
        }
        new Blocks(catalog, problems).built(name, document.root().heardBy(questions), reader);
    }
}
