// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.report;

import dev.dryrun.scenario.graph.Finding;
import dev.dryrun.scenario.graph.GraphImport;
import dev.dryrun.scenario.io.JsonText;

/// What became of an imported graph, for programs.
public final class GraphJson {
    private GraphJson() {}

    public static String write(String file, GraphImport imported) {
        JsonText json = new JsonText().beginObject().field("schema", "dryrun/network-import/1");
        json.field("file", file).field("machines", imported.machines()).field("yaml", imported.yaml());
        json.key("findings").beginArray();
        for (Finding finding : imported.findings()) {
            json.beginObject().field("at", finding.at().toString());
            json.field("fate", GraphText.word(finding.fate()).replace(' ', '-'));
            json.field("what", finding.what()).field("note", finding.note()).endObject();
        }
        return json.endArray().endObject().toString();
    }
}
