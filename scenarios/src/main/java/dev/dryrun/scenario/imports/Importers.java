// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports;

import dev.dryrun.scenario.imports.deepspeed.DeepSpeedImporter;
import dev.dryrun.scenario.imports.huggingface.HuggingFaceImporter;
import dev.dryrun.scenario.imports.megatron.MegatronImporter;
import dev.dryrun.scenario.imports.torchtitan.TorchtitanImporter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The kinds of file that can be imported.
public final class Importers {
    /// All of them, in the order in which help lists them.
    public static final List<Importer> ALL = List.of(
            new MegatronImporter(), new TorchtitanImporter(), new DeepSpeedImporter(), new HuggingFaceImporter());

    private Importers() {}

    /// The importer of that name; null where there is none.
    public static @Nullable Importer byName(String name) {
        for (Importer importer : ALL) {
            if (importer.name().equals(name)) {
                return importer;
            }
        }
        return null;
    }

    public static List<String> names() {
        return ALL.stream().map(Importer::name).toList();
    }
}
