// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.megatron;

import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.scenario.imports.DraftTree;
import dev.dryrun.scenario.imports.Effect;
import dev.dryrun.scenario.imports.ImportSource;
import dev.dryrun.scenario.imports.Imported;
import dev.dryrun.scenario.imports.OptionReport;
import dev.dryrun.scenario.imports.ScenarioDraft;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// Scripts for tests, imported.
final class Scripts {
    private Scripts() {}

    /// A script beside this class, as text.
    static String text(String name) throws IOException {
        try (InputStream file = Scripts.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalArgumentException("no script " + name);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static Imported read(String text, Map<String, String> environment, OptionalLong gpus, Problems problems) {
        return new MegatronImporter().read(new ImportSource("train.sh", text, environment, gpus, problems));
    }

    /// A launch with a small sound model and what a test adds to it.
    static Imported launch(String more) {
        var problems = new Problems();
        Imported imported = read(small(more), Map.of(), OptionalLong.empty(), problems);
        if (!problems.isEmpty()) {
            throw new IllegalStateException(problems.all().toString());
        }
        return imported;
    }

    static String small(String more) {
        return "torchrun --nproc_per_node 8 --nnodes 2 pretrain_gpt.py --num-layers 24 --hidden-size 1024"
                + " --num-attention-heads 16 --seq-length 1024 --max-position-embeddings 1024 --micro-batch-size 2"
                + " --global-batch-size 64 --vocab-size 50000 --fp16 " + more + "\n";
    }

    static Map<String, Object> plain(ScenarioDraft draft) {
        return DraftTree.plain(draft);
    }

    /// The value of a dotted key as text; "absent" where there is none.
    static String value(Imported imported, String key) {
        ScenarioDraft.Value value = imported.draft().get(key);
        return value == null ? "absent" : value.value().toString();
    }

    /// Options that are not modelled, by name.
    static List<String> notModelled(Imported imported) {
        return imported.options().stream()
                .filter(option -> option.effect() == Effect.NOT_MODELLED)
                .map(OptionReport::option)
                .toList();
    }

    static OptionReport report(Imported imported, String name) {
        return imported.options().stream()
                .filter(option -> option.option().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no option " + name));
    }
}
