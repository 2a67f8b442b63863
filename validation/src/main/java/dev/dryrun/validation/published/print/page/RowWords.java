// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.print.page;

import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.validation.published.mapping.JobSketch;
import dev.dryrun.validation.published.measure.ScoredRun;
import dev.dryrun.validation.published.table.Column;
import dev.dryrun.validation.published.table.MeasuredRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a row is, in a line or two.
final class RowWords {
    private RowWords() {}

    /// Machines and model.
    static String job(MeasuredRun run) {
        String model = run.states(Column.MODEL) ? run.text(Column.MODEL) : "a model without a name";
        return "%s on %s x %s".formatted(model, run.text(Column.N_GPUS), run.text(Column.HARDWARE));
    }

    /// Strategy and stack; empty where the row became no job.
    static String strategy(ScoredRun scored) {
        JobSketch sketch = scored.sketch();
        if (sketch == null) {
            return "";
        }
        ParallelStrategy strategy = sketch.strategy();
        List<String> words = new ArrayList<>();
        sized(words, "tensor", strategy.tensor());
        sized(words, "context", strategy.context());
        sized(words, "pipeline", strategy.stages());
        sized(words, "chunks", strategy.chunks());
        sized(words, "expert", strategy.grid().expert());
        sized(words, "data", strategy.data());
        words.add("micro-batch " + strategy.microBatch());
        words.add("batch " + sketch.training().globalBatch());
        words.add("sequence " + sketch.training().sequenceLength());
        words.add(sketch.training().precision().name().toLowerCase(Locale.ROOT));
        words.add("recompute " + strategy.recompute().kind().name().toLowerCase(Locale.ROOT));
        words.add("stack " + sketch.stack());
        return String.join(", ", words);
    }

    private static void sized(List<String> words, String dimension, int ranks) {
        if (ranks > 1) {
            words.add(dimension + " " + ranks);
        }
    }
}
