// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.kernel.table;

import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.hardware.kernel.FlashAttention;
import dev.dryrun.hardware.kernel.Gemm;
import dev.dryrun.hardware.kernel.Output;
import dev.dryrun.hardware.kernel.Pass;
import dev.dryrun.validation.published.table.CsvLines;
import dev.dryrun.validation.published.table.TableProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// The project's own form: kernels of any kind, one a row, with the file that each comes from. It is that of the
/// built-in table.
///
/// | column | of |
/// |---|---|
/// | `file`, `line`, `device`, `operation`, `kind`, `us` | all |
/// | `m`, `n`, `k`, `batch`, `precision`, `output` | products; `batch` counts groups where they are grouped |
/// | `m` length, `n` heads, `k` and `v` head dimensions, `batch` sequences, `library` | causal attention |
/// | `bytes`, `library` | what moves tensors |
final class SampledKernels implements KernelForm {
    @Override
    public boolean has(List<CsvLines.Line> lines) {
        List<String> header = lines.getFirst().cells();
        return header.containsAll(List.of("device", "kind", "us", "m", "bytes"));
    }

    @Override
    public List<MeasuredKernel> rows(String file, List<CsvLines.Line> lines, List<TableProblem> problems) {
        var table = new CsvTable(file, lines, 0, problems);
        var kernels = new ArrayList<MeasuredKernel>();
        for (CsvLines.Line line : table.lines()) {
            OptionalDouble microseconds = table.number(line, "us");
            KernelWork work;
            try {
                KernelKind kind = KernelKind.valueOf(table.text(line, "kind").toUpperCase(java.util.Locale.ROOT));
                work = work(kind, table, line);
            } catch (IllegalArgumentException unknown) {
                problems.add(new TableProblem(
                        file, line.number(), "kind", "\"" + unknown.getMessage() + "\"", "a kind of kernel", ""));
                continue;
            }
            if (work != null && microseconds.orElse(0) > 0) {
                kernels.add(new MeasuredKernel(
                        table.text(line, "file"),
                        (int) table.number(line, "line").orElse(line.number()),
                        table.text(line, "device"),
                        table.text(line, "operation"),
                        work,
                        1e-6 * microseconds.getAsDouble()));
            }
        }
        return kernels;
    }

    private static @org.jspecify.annotations.Nullable KernelWork work(
            KernelKind kind, CsvTable table, CsvLines.Line line) {
        return switch (kind) {
            case GEMM, VECTOR_GEMM, BATCHED_GEMM -> {
                Gemm gemm = gemm(table, line, true);
                yield gemm == null ? null : new KernelWork.Product(gemm);
            }
            case GROUPED_GEMM -> {
                Gemm gemm = gemm(table, line, false);
                yield gemm == null
                        ? null
                        : new KernelWork.Grouped(
                                gemm, (int) table.number(line, "batch").orElse(1));
            }
            case ATTENTION_FORWARD -> attention(Pass.FORWARD, table, line);
            case ATTENTION_BACKWARD -> attention(Pass.BACKWARD, table, line);
            case NORM, ACTIVATION, ADD, ROTARY, EMBEDDING, SOFTMAX ->
                new KernelWork.Streaming(
                        kind,
                        table.number(line, "bytes").orElse(0),
                        KernelLibrary.valueOf(table.text(line, "library").toUpperCase(java.util.Locale.ROOT)));
        };
    }

    private static @org.jspecify.annotations.Nullable Gemm gemm(CsvTable table, CsvLines.Line line, boolean batched) {
        long[] sizes = table.sizes(line, "m", "n", "k", "batch");
        return sizes == null
                ? null
                : new Gemm(
                        sizes[0],
                        sizes[1],
                        sizes[2],
                        batched ? sizes[3] : 1,
                        Precision.valueOf(table.text(line, "precision").toUpperCase(java.util.Locale.ROOT)),
                        Output.valueOf(table.text(line, "output").toUpperCase(java.util.Locale.ROOT)));
    }

    private static @org.jspecify.annotations.Nullable KernelWork attention(
            Pass pass, CsvTable table, CsvLines.Line line) {
        long[] sizes = table.sizes(line, "batch", "m", "n", "k", "v");
        return sizes == null
                ? null
                : new KernelWork.Attention(
                        new FlashAttention(sizes[0], sizes[1], 0.5 * sizes[1] * sizes[1], sizes[2], sizes[3], sizes[4]),
                        pass,
                        table.text(line, "library"),
                        Precision.BF16);
    }
}
