// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.kernel.measure;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.validation.published.kernel.table.KernelKind;
import dev.dryrun.validation.published.kernel.table.MeasuredKernel;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Predictions beside measured kernels.
///
/// @param rows in the order of the table
public record KernelScoreboard(List<ScoredKernel> rows) {
    /// Kernels that are judged together.
    public record Group(String accelerator, KernelKind kind, FitRole role) {}

    private static final Comparator<Group> ORDER =
            Comparator.comparing(Group::accelerator).thenComparing(Group::kind).thenComparing(Group::role);

    public KernelScoreboard {
        rows = List.copyOf(rows);
    }

    /// @param catalog an accelerator by its name
    public static KernelScoreboard of(List<MeasuredKernel> kernels, Function<String, Accelerator> catalog) {
        Map<String, KernelTimer> timers = new HashMap<>();
        return new KernelScoreboard(kernels.stream()
                .map(kernel -> score(
                        kernel, name -> timers.computeIfAbsent(name, unseen -> new KernelTimer(catalog.apply(unseen)))))
                .toList());
    }

    private static ScoredKernel score(MeasuredKernel kernel, Function<String, KernelTimer> timers) {
        FitRole role = FitRole.of(kernel);
        Optional<String> name = DeviceName.accelerator(kernel.device());
        if (name.isEmpty()) {
            String reason = "the catalog has no " + kernel.device();
            return new ScoredKernel(kernel, kernel.device(), role, OptionalDouble.empty(), reason);
        }
        OptionalDouble seconds = timers.apply(name.get()).seconds(kernel.work());
        String reason = seconds.isPresent()
                ? ""
                : "no rate of " + kernel.operation() + ", "
                        + kernel.work().kind().title() + ", is known on " + name.get();
        return new ScoredKernel(kernel, name.get(), role, seconds, reason);
    }

    /// Kernels by accelerator, kind and part in the fit, sorted; those with a prediction.
    public Map<Group, List<ScoredKernel>> groups() {
        return rows.stream()
                .filter(ScoredKernel::predicted)
                .collect(Collectors.groupingBy(
                        row -> new Group(row.accelerator(), row.row().work().kind(), row.role()),
                        () -> new TreeMap<>(ORDER),
                        Collectors.toList()));
    }

    /// All kernels by file, in the order of the table.
    public Map<String, List<ScoredKernel>> files() {
        return rows.stream()
                .collect(Collectors.groupingBy(row -> row.row().file(), LinkedHashMap::new, Collectors.toList()));
    }
}
