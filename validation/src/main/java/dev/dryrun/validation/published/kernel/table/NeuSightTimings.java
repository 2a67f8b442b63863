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

/// Timings of single operations in fp32 on many accelerators, as sitar-lab/NeuSight publishes them: milliseconds.
///
/// Products run on the vector units: no TF32, as the names of the kernels say. `linear` is one product of B M rows,
/// `bmm` a batch of B; layer norms and softmaxes of B rows of H read and write each element once.
final class NeuSightTimings implements KernelForm {
    private static final double FP32_READ_AND_WRITTEN = 8;

    @Override
    public boolean has(List<CsvLines.Line> lines) {
        List<String> header = lines.getFirst().cells();
        return header.contains("OPName") && header.contains("Latency") && header.contains("Device");
    }

    @Override
    public List<MeasuredKernel> rows(String file, List<CsvLines.Line> lines, List<TableProblem> problems) {
        var table = new CsvTable(file, lines, 0, problems);
        var kernels = new ArrayList<MeasuredKernel>();
        for (CsvLines.Line line : table.lines()) {
            String operation = table.text(line, "OPName");
            OptionalDouble milliseconds = table.number(line, "Latency");
            KernelWork work = work(operation, table, line);
            if (work != null && milliseconds.isPresent() && milliseconds.getAsDouble() > 0) {
                kernels.add(new MeasuredKernel(
                        file,
                        line.number(),
                        table.text(line, "Device"),
                        operation,
                        work,
                        1e-3 * milliseconds.getAsDouble()));
            }
        }
        return kernels;
    }

    /// Null where sizes are missing, which is reported, or the operation is none of those of a transformer.
    private static @org.jspecify.annotations.Nullable KernelWork work(
            String operation, CsvTable table, CsvLines.Line line) {
        return switch (operation) {
            case "linear", "bmm" -> {
                long[] sizes = table.sizes(line, "B", "M", "N", "K");
                yield sizes == null ? null : product(operation.equals("bmm"), sizes);
            }
            case "ln" -> moved(KernelKind.NORM, table.sizes(line, "B", "H"));
            case "softmax" -> moved(KernelKind.SOFTMAX, table.sizes(line, "B", "H"));
            default -> null;
        };
    }

    private static KernelWork product(boolean batched, long[] sizes) {
        long rows = batched ? sizes[1] : sizes[0] * sizes[1];
        long batch = batched ? sizes[0] : 1;
        return new KernelWork.Product(new Gemm(rows, sizes[2], sizes[3], batch, Precision.FP32, Output.STORE));
    }

    private static @org.jspecify.annotations.Nullable KernelWork moved(
            KernelKind kind, long @org.jspecify.annotations.Nullable [] sizes) {
        return sizes == null
                ? null
                : new KernelWork.Streaming(kind, FP32_READ_AND_WRITTEN * sizes[0] * sizes[1], KernelLibrary.PYTORCH);
    }
}
