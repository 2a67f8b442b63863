// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.trace;

import dev.dryrun.strategy.job.Stack;
import dev.dryrun.validation.calibrate.runs.OwnEntry;
import dev.dryrun.validation.written.CatalogFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The entry of a stack that says what traces say of it.
final class OwnStack {
    private OwnStack() {}

    /// Empty where no stack was named or none of its constants is to be written.
    ///
    /// @param source file names of the traces
    static Optional<OwnEntry> entry(@Nullable Stack base, String name, String source, List<StackConstant> constants) {
        Map<String, String> says = new LinkedHashMap<>();
        for (StackConstant constant : constants) {
            if (constant.written()) {
                says.put(constant.name() + ".value", written(constant));
                says.put(constant.name() + ".source", CatalogFile.quoted(of(constant) + " of steps in " + source));
                says.put(constant.name() + ".status", "fitted");
            }
        }
        return base == null || says.isEmpty()
                ? Optional.empty()
                : Optional.of(new OwnEntry("stacks", name, base.name(), says));
    }

    private static String of(StackConstant constant) {
        return constant.isTime() ? "launches" : "fused attention";
    }

    private static String written(StackConstant constant) {
        return constant.isTime()
                ? CatalogFile.digits(constant.value() * 1e6) + " us"
                : CatalogFile.digits(constant.value());
    }
}
