// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.accelerator;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Figure;
import java.util.Locale;
import java.util.OptionalDouble;

/// How far predicted kernels are from measured ones on an accelerator: mean absolute relative errors by kind, as
/// `validate --kernels` finds them where kernels of that kind are published (block `residuals` of its file).
///
/// Kernels of the kind that took part in no fit are judged where there are any.
public final class KernelResiduals {
    private static final double MOST = 10;

    /// Kernels that err alike.
    public enum Kind {
        /// Matrix products of less than 100 us.
        SHORT_GEMM,
        /// Matrix products of 100 us and more.
        GEMM,
        GROUPED_GEMM,
        ATTENTION,
        /// Norms, activations, additions, lookups.
        STREAMING;

        private String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private KernelResiduals() {}

    static void read(Entry entry, KeptFigures figures) {
        if (!entry.has("residuals")) {
            return;
        }
        Entry block = entry.child("residuals");
        for (Kind kind : Kind.values()) {
            figures.numberIfAny(block, kind.key(), 0, MOST);
        }
        block.rejectUnknownKeys();
    }

    /// The mean error; nothing where no kernels of that kind are measured on this accelerator.
    public static OptionalDouble meanError(Accelerator accelerator, Kind kind) {
        Figure figure = accelerator.figures().get("residuals/" + kind.key());
        return figure == null ? OptionalDouble.empty() : OptionalDouble.of(figure.value());
    }
}
