// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.kernel.table;

import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.hardware.kernel.Gemm;
import dev.dryrun.hardware.kernel.Output;
import dev.dryrun.validation.published.table.CsvLines;
import dev.dryrun.validation.published.table.TableProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// Matrix products of a baidu-research/DeepBench result sheet: `DeepBench_NV_GPU_Results_PRECISION.csv`.
///
/// The precision stands in the first line, the header in the second, the accelerator in the name of the file.
/// Convolutions and recurrent layers further down have no transposes and are left out.
final class DeepBenchSheet implements KernelForm {
    @Override
    public boolean has(List<CsvLines.Line> lines) {
        return lines.size() > 1
                && lines.getFirst().cells().getFirst().equals("Precision")
                && lines.get(1).cells().contains("A Transpose");
    }

    @Override
    public List<MeasuredKernel> rows(String file, List<CsvLines.Line> lines, List<TableProblem> problems) {
        String said = String.join(",", lines.getFirst().cells());
        Precision precision = said.contains("16 bit") || said.contains("Half") ? Precision.FP16 : Precision.FP32;
        String[] words = file.split("_", -1);
        String device = words.length > 2 ? words[2] : file;
        var table = new CsvTable(file, lines, 1, problems);
        var kernels = new ArrayList<MeasuredKernel>();
        for (CsvLines.Line line : table.lines()) {
            String layout = table.text(line, "A Transpose") + table.text(line, "B Transpose");
            if (layout.matches("[NT]{2}")) {
                long[] sizes = table.sizes(line, "M", "N", "K");
                OptionalDouble milliseconds = table.number(line, "Time (msec)");
                if (sizes != null && milliseconds.orElse(0) > 0) {
                    Gemm gemm = new Gemm(sizes[0], sizes[1], sizes[2], 1, precision, Output.STORE);
                    kernels.add(new MeasuredKernel(
                            file,
                            line.number(),
                            device,
                            layout,
                            new KernelWork.Product(gemm),
                            1e-3 * milliseconds.getAsDouble()));
                }
            }
        }
        return kernels;
    }
}
