// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports;

import java.util.LinkedHashMap;
import java.util.Map;

/// What a draft lacks to be a scenario.
public final class DraftGaps {
    private static final String NOT_SAID = "the file does not say it";

    private DraftGaps() {}

    /// Keys to be filled in, each with the reason, in the order in which scenarios are written.
    public static Map<String, String> of(ScenarioDraft draft) {
        Map<String, String> gaps = new LinkedHashMap<>();
        if (!draft.has("model")) {
            gaps.put("model", "a name of the catalog or a block; --model NAME");
        }
        require(draft, gaps, "cluster.node", "the machine, a name of the catalog; --node NAME");
        require(draft, gaps, "cluster.nodes", "how many; --nodes N or --gpus N");
        require(draft, gaps, "training.sequence_length", NOT_SAID + "; --sequence-length N");
        require(draft, gaps, "training.global_batch", NOT_SAID + "; --global-batch N");
        require(draft, gaps, "training.precision", NOT_SAID + "; --precision NAME");
        gaps.putAll(draft.open());
        Map<String, String> ordered = new LinkedHashMap<>();
        gaps.keySet().stream().sorted(BlockOrder::compare).forEach(key -> ordered.put(key, gaps.get(key)));
        return ordered;
    }

    private static void require(ScenarioDraft draft, Map<String, String> gaps, String key, String what) {
        if (!draft.has(key)) {
            gaps.put(key, what);
        }
    }
}
