// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.schema;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.scenario.io.JsonText;
import dev.dryrun.scenario.spec.ReadersHeard;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The JSON Schema (draft 2020-12) of a kind of file, for editors. It sees what each key may hold, not the rules
/// between keys. Whatever a reader takes, the schema takes; only a key without a value, which readers take for absent,
/// is an error in the eyes of an editor.
public final class FileSchema {
    /// What scenario files are called among the kinds.
    public static final String SCENARIO = "scenario";

    private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";
    /// Keys of a scenario that name a file which brings along what else is required.
    private static final List<String> BRINGING = List.of("extends", "import");

    private FileSchema() {}

    /// Kinds of file that have a schema: the scenario and the kinds of catalog entry.
    public static List<String> kinds() {
        List<String> kinds = new ArrayList<>(ReadersHeard.kinds());
        kinds.addFirst(SCENARIO);
        return kinds;
    }

    /// The schema as text.
    ///
    /// @param kind one of `kinds()`
    /// @param catalog whose names are offered
    public static String write(String kind, Catalog catalog) {
        var shape = new FileShape(catalog);
        var definitions = new Definitions(catalog);
        var blocks = new BlockSchema(new Descriptions(), definitions);
        Map<String, Object> body;
        if (kind.equals(SCENARIO)) {
            Block scenario = shape.scenario();
            List<String> bringing =
                    BRINGING.stream().filter(scenario.keys()::containsKey).toList();
            body = blocks.over(scenario, "", bringing);
        } else {
            body = blocks.over(shape.entry(kind), fieldOf(kind), List.of("extends"));
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", DRAFT);
        schema.put("title", kind.equals(SCENARIO) ? "Dryrun scenario" : "Dryrun catalog, " + kind);
        schema.putAll(body);
        if (!definitions.used().isEmpty()) {
            schema.put("$defs", definitions.used());
        }
        return new JsonText().value((Object) schema).toString();
    }

    /// The dotted name by which descriptions know an entry of a kind: where a scenario can hold it, its place there.
    static String fieldOf(String kind) {
        return switch (kind) {
            case "nodes" -> "cluster.node";
            case "fabrics" -> "cluster.fabric";
            case "libraries" -> "library";
            default -> kind.substring(0, kind.length() - 1);
        };
    }
}
