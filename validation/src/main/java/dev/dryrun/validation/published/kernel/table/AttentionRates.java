// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.kernel.table;

import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.hardware.kernel.FlashAttention;
import dev.dryrun.hardware.kernel.Pass;
import dev.dryrun.validation.published.table.CsvLines;
import dev.dryrun.validation.published.table.TableProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// Rates of fused attention by library, gathered from pull requests and papers: TFLOP/s, of a causal mask the half that
/// is not masked.
///
/// Where a row has no heads or no batch, the benchmark is taken to be the usual one: a hidden size of 2048 and 16,384
/// tokens. Passes timed together, and rates inside a training step, are no kernels and are left out.
final class AttentionRates implements KernelForm {
    private static final long USUAL_HIDDEN = 2048;
    private static final long USUAL_TOKENS = 16_384;

    @Override
    public boolean has(List<CsvLines.Line> lines) {
        List<String> header = lines.getFirst().cells();
        return header.contains("head_dim") && header.contains("tflops") && header.contains("pass");
    }

    @Override
    public List<MeasuredKernel> rows(String file, List<CsvLines.Line> lines, List<TableProblem> problems) {
        var table = new CsvTable(file, lines, 0, problems);
        var kernels = new ArrayList<MeasuredKernel>();
        for (CsvLines.Line line : table.lines()) {
            String pass = table.text(line, "pass");
            OptionalDouble rate = table.number(line, "tflops");
            boolean timed = pass.equals("fwd") || pass.equals("bwd");
            long[] sizes = timed ? table.sizes(line, "head_dim", "seqlen") : null;
            if (sizes != null && rate.orElse(0) > 0) {
                var work = new KernelWork.Attention(
                        shape(table, line, sizes[0], sizes[1]),
                        pass.equals("fwd") ? Pass.FORWARD : Pass.BACKWARD,
                        table.text(line, "kernel"),
                        table.text(line, "dtype").equals("fp8") ? Precision.FP8 : Precision.FP16);
                double seconds = work.shape().flops(work.pass()) / (1e12 * rate.getAsDouble());
                String device = table.text(line, "gpu");
                kernels.add(new MeasuredKernel(file, line.number(), device, work.library(), work, seconds));
            }
        }
        return kernels;
    }

    private static FlashAttention shape(CsvTable table, CsvLines.Line line, long headDim, long length) {
        double pairs = (double) length * length * (table.text(line, "causal").equals("1") ? 0.5 : 1);
        long batch = (long) table.number(line, "batch").orElse((double) Math.max(1, USUAL_TOKENS / length));
        long heads = (long) table.number(line, "heads").orElse((double) Math.max(1, USUAL_HIDDEN / headDim));
        return new FlashAttention(batch, length, pairs, heads, headDim, headDim);
    }
}
