// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.mapping;

import dev.dryrun.strategy.model.Adapters;
import dev.dryrun.strategy.model.ModelArchitecture;
import dev.dryrun.validation.published.table.Column;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Jobs that are more than equal dense blocks trained whole: the table has no columns for what they are made of, so
/// the catalog's model of that name is taken.
final class OtherKinds {
    private static final String LORA = "LoRA fine-tuning";

    private OtherKinds() {}

    /// What is trained in place of the model: for a row of fine-tuning the adapters of MLPerf's benchmark, of rank 16
    /// beside the matrices of attention. Source: mlcommons/training_policies, hyperparameters of llama2_70b_lora.
    static Adapters adapters(Reading reading) {
        if (!kinds(reading).contains(LORA)) {
            return Adapters.NONE;
        }
        reading.assume("adapters of rank 16 beside attention (MLPerf's benchmark)");
        return new Adapters(16, true, false, false);
    }

    /// The model of such a row; null where its blocks follow from its columns.
    static @Nullable ModelArchitecture read(Reading reading, CatalogModels models) {
        Set<String> kinds = kinds(reading);
        if (kinds.isEmpty()) {
            return null;
        }
        String name = reading.run().text(Column.MODEL);
        boolean written = models.named(name) == null && reading.run().states(Column.N_EXPERTS);
        return written ? WrittenModel.read(reading, Architecture.named(name).vocabulary()) : models.read(reading);
    }

    private static Set<String> kinds(Reading reading) {
        String name = reading.run().text(Column.MODEL).toLowerCase(Locale.ROOT);
        Set<String> kinds = new LinkedHashSet<>();
        if (reading.run().states(Column.N_EXPERTS)) {
            kinds.add("mixture of experts");
        }
        if (name.contains("lora")) {
            kinds.add(LORA);
        }
        if (name.contains("deepseek")) {
            kinds.add("multi-head latent attention");
        }
        if (name.contains("t5")) {
            kinds.add("encoder and decoder");
        }
        if (name.contains("bert")) {
            kinds.add("encoder");
        }
        return kinds;
    }
}
