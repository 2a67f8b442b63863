// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.kernel.table;

import dev.dryrun.validation.published.table.CsvLines;
import dev.dryrun.validation.published.table.TableProblem;
import java.util.List;

/// A form in which tables of kernels are published as CSV.
interface KernelForm {
    /// Every known form.
    List<KernelForm> ALL = List.of(
            new VidurLayers(), new NeuSightTimings(), new DeepBenchSheet(), new AttentionRates(), new SampledKernels());

    /// Whether the file has this form, by its first lines.
    boolean has(List<CsvLines.Line> lines);

    /// Its kernels; what is wrong is reported.
    ///
    /// @param file name of the file, without folders
    List<MeasuredKernel> rows(String file, List<CsvLines.Line> lines, List<TableProblem> problems);
}
