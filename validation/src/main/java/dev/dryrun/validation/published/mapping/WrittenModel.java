// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.mapping;

import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.strategy.model.ModelArchitecture;
import dev.dryrun.validation.published.table.Column;
import dev.dryrun.validation.published.table.MeasuredRun;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A mixture of experts that the catalog does not have, from the columns of its row: equal blocks as Mixtral's, all
/// with experts and none with a shared one, for which there is no column.
final class WrittenModel {
    private static final List<Column> NEEDED =
            List.of(Column.LAYERS, Column.HIDDEN, Column.HEADS, Column.N_EXPERTS, Column.TOP_K);

    private WrittenModel() {}

    /// The model; null where the row leaves a size open, which then stands in its way.
    static @Nullable ModelArchitecture read(Reading reading, int vocabulary) {
        MeasuredRun run = reading.run();
        Column width = run.states(Column.MOE_FFN_HIDDEN) ? Column.MOE_FFN_HIDDEN : Column.FFN_HIDDEN;
        boolean complete = run.states(width) && NEEDED.stream().allMatch(run::states);
        if (!complete) {
            reading.obstruct("no model of the catalog for \"" + run.text(Column.MODEL) + "\", and sizes left open");
            return null;
        }
        Map<String, String> keys = new TreeMap<>();
        keys.put("layers", run.text(Column.LAYERS));
        keys.put("hidden", run.text(Column.HIDDEN));
        keys.put("heads", run.text(Column.HEADS));
        keys.put("key_value_heads", run.text(run.states(Column.KV_HEADS) ? Column.KV_HEADS : Column.HEADS));
        keys.put("vocabulary", run.states(Column.VOCAB) ? run.text(Column.VOCAB) : Integer.toString(vocabulary));
        var text = new StringBuilder("family: llama\n");
        keys.forEach((key, value) -> text.append("%s: %s\n".formatted(key, value)));
        text.append("experts: {count: %s, active: %s, ffn_hidden: %s}\n"
                .formatted(run.text(Column.N_EXPERTS), run.text(Column.TOP_K), run.text(width)));
        var problems = new Problems();
        ModelArchitecture model = ModelArchitecture.read(
                Document.read(run.file(), text.toString(), problems).root());
        if (problems.count() > 0) {
            reading.obstruct("sizes that no model can have");
            return null;
        }
        reading.assume("experts in every block, none shared (by columns)");
        return model;
    }
}
