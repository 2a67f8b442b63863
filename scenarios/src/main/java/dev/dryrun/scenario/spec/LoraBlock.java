// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.spec;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.strategy.model.Adapters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads `training.lora`: what is trained beside a model that is left as it is.
final class LoraBlock {
    private static final int HIGHEST_RANK = 1 << 14;
    private static final String ATTENTION = "attention";
    private static final String MLP = "mlp";

    private LoraBlock() {}

    /// Number format of what is frozen.
    private enum Base {
        AS_TRAINED,
        FOUR_BITS
    }

    static Adapters read(Entry training) {
        if (!training.has("lora")) {
            return Adapters.NONE;
        }
        Entry block = training.optionalChild("lora");
        int rank = (int) block.integer("rank", 1, HIGHEST_RANK);
        List<String> modules = block.texts("modules");
        for (String module : modules) {
            if (!module.equals(ATTENTION) && !module.equals(MLP)) {
                block.problem("modules", "\"" + module + "\"", "must be among " + ATTENTION + ", " + MLP, ATTENTION);
            }
        }
        boolean usual = !modules.contains(ATTENTION) && !modules.contains(MLP);
        boolean fourBits = block.choice("base", Base.class, Base.AS_TRAINED) == Base.FOUR_BITS;
        block.rejectUnknownKeys();
        return new Adapters(rank, usual || modules.contains(ATTENTION), modules.contains(MLP), fourBits);
    }

    static Map<String, Object> plain(Adapters adapters) {
        List<String> modules = new ArrayList<>();
        if (adapters.attention()) {
            modules.add(ATTENTION);
        }
        if (adapters.mlp()) {
            modules.add(MLP);
        }
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("rank", adapters.rank());
        plain.put("modules", modules);
        plain.put("base", Entry.kebab(adapters.fourBits() ? Base.FOUR_BITS : Base.AS_TRAINED));
        return plain;
    }
}
