// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.scenario.io.JsonText;
import dev.dryrun.scenario.report.CatalogText;
import dev.dryrun.scenario.report.Facts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `dryrun catalog`: what scenarios can name, and where each figure comes from.
@Command(
        name = "catalog",
        description = {
            "List what scenarios can name, with the sources of its figures.",
            "With a name, show that entry: every figure with its source, date and status."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  dryrun catalog",
            "  dryrun catalog stacks",
            "  dryrun catalog nodes dgx-a100-80gb",
            "  dryrun catalog --catalog my-catalog accelerators my-gpu --json"
        })
final class CatalogCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "KIND",
            completionCandidates = CatalogWords.Kinds.class,
            description = "Kind of entry: accelerators, nodes, fabrics, libraries, models, stacks or sites.")
    private @Nullable String kind;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "NAME",
            completionCandidates = CatalogWords.NamesOfKind.class,
            description = "Name of an entry.")
    private @Nullable String name;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    private final Output output;

    CatalogCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() {
        var catalog = common.openCatalog();
        List<String> kinds = kind == null ? catalog.kinds() : List.of(known(kind, catalog.kinds(), "kind"));
        if (name != null) {
            show(catalog, kinds.getFirst(), known(name, catalog.names(kinds.getFirst()), "name"));
            return ExitCode.DONE;
        }
        var problems = new Problems();
        List<Facts> entries = new ArrayList<>();
        for (String of : kinds) {
            for (String entry : catalog.names(of)) {
                entries.add(facts(catalog, of, entry, document(catalog, of, entry, problems)));
            }
        }
        problems.throwIfAny();
        if (common.json) {
            output.json(json(entries, catalog));
        } else {
            output.text(CatalogText.write(entries, output.paper(!common.noColor)));
        }
        return ExitCode.DONE;
    }

    private void show(Catalog catalog, String of, String entry) {
        var problems = new Problems();
        Document document = document(catalog, of, entry, problems);
        Facts facts = facts(catalog, of, entry, document);
        problems.throwIfAny();
        if (common.json) {
            Map<String, @Nullable Object> plain = new LinkedHashMap<>();
            plain.put("kind", of);
            plain.put("derived", facts.digest().figures());
            plain.putAll(document.root().plain());
            output.json(new JsonText().value(plain).toString());
        } else {
            output.text(CatalogText.show(facts, document.text(), output.paper(!common.noColor)));
        }
    }

    private static Facts facts(Catalog catalog, String of, String entry, Document document) {
        return Facts.of(of, entry, catalog.isOfUser(of, entry), document);
    }

    private static Document document(Catalog catalog, String of, String entry, Problems problems) {
        Document document = catalog.find(of, entry, problems);
        if (document == null) {
            throw new IllegalStateException(of + " " + entry + " was listed, but is not there");
        }
        return document;
    }

    private static String json(List<Facts> entries, Catalog catalog) {
        JsonText json = new JsonText().beginObject().field("schema", "dryrun/catalog/1");
        json.field("catalog_sha256", catalog.sha256()).key("entries").beginArray();
        for (Facts entry : entries) {
            json.beginObject().field("kind", entry.kind()).field("name", entry.name());
            json.field("title", entry.title()).field("source", entry.source()).field("date", entry.date());
            json.field("of_user", entry.ofUser())
                    .field("derived", entry.digest().figures());
            json.field("figures", entry.figuresByStatus()).endObject();
        }
        return json.endArray().endObject().toString();
    }

    private static String known(String written, List<String> known, String what) {
        return Known.word(written, known, what, "the catalog has no such " + what);
    }
}
