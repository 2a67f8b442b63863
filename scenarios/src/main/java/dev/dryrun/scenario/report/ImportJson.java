// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.report;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.hardware.catalog.Problem;
import dev.dryrun.scenario.imports.DraftTree;
import dev.dryrun.scenario.imports.Effect;
import dev.dryrun.scenario.imports.Imported;
import dev.dryrun.scenario.imports.OptionReport;
import dev.dryrun.scenario.io.JsonText;
import java.util.List;
import java.util.Map;

/// What an import made, for programs: `dryrun/import/1`.
public final class ImportJson {
    private ImportJson() {}

    /// @param gaps what is to be filled in, with the reason
    /// @param problems of the scenario that came out
    /// @param yaml the scenario as it is written into a file
    public static String write(
            String kind,
            String file,
            Imported imported,
            Map<String, String> gaps,
            List<Problem> problems,
            String yaml) {
        JsonText json = new JsonText().beginObject().field("schema", "dryrun/import/1");
        json.field("kind", kind).field("file", file).field("scenario", DraftTree.plain(imported.draft()));
        json.field("yaml", yaml).field("fill_in", gaps).key("problems").beginArray();
        for (Problem problem : problems) {
            place(json.beginObject(), problem.at());
            json.field("field", problem.field())
                    .field("message", problem.message())
                    .endObject();
        }
        json.endArray().key("counts").beginObject();
        for (Effect effect : Effect.values()) {
            json.field(Entry.kebab(effect).replace('-', '_'), ImportText.count(imported, effect));
        }
        json.endObject().key("options").beginArray();
        for (OptionReport option : imported.options()) {
            place(json.beginObject(), option.at());
            json.field("option", option.option()).field("value", option.value());
            json.field("effect", Entry.kebab(option.effect()))
                    .field("note", option.note())
                    .endObject();
        }
        return json.endArray().endObject().toString();
    }

    private static void place(JsonText json, Position at) {
        json.field("file", at.file()).field("line", at.line()).field("column", at.column());
    }
}
