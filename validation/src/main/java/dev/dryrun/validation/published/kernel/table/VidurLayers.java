// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.kernel.table;

import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.hardware.kernel.Gemm;
import dev.dryrun.validation.published.table.CsvLines;
import dev.dryrun.validation.published.table.TableProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Timings of the layers of one transformer, as microsoft/vidur publishes them: `compute_GPU_ORG_MODEL_mlp.csv`.
///
/// One row per number of tokens and tensor-parallel size; milliseconds; 16-bit numbers, forward only. The median of a
/// row's repetitions counts. The accelerator stands in the name of the file only.
final class VidurLayers implements KernelForm {
    private static final Pattern NAME = Pattern.compile("(?:compute_)?([a-z0-9]+)_.*");
    private static final String[] SIZES = {
        "num_tokens", "num_tensor_parallel_workers", "n_embd", "n_head", "n_kv_head", "n_expanded_embd"
    };

    @Override
    public boolean has(List<CsvLines.Line> lines) {
        List<String> header = lines.getFirst().cells();
        return header.contains("time_stats.mlp_up_proj.median") && header.contains("num_tensor_parallel_workers");
    }

    @Override
    public List<MeasuredKernel> rows(String file, List<CsvLines.Line> lines, List<TableProblem> problems) {
        Matcher name = NAME.matcher(file);
        var out = new Rows(
                file, name.matches() ? name.group(1) : file, new CsvTable(file, lines, 0, problems), new ArrayList<>());
        for (CsvLines.Line line : out.table().lines()) {
            long[] sizes = out.table().sizes(line, SIZES);
            if (sizes != null) {
                boolean gated = out.table().text(line, "use_gated_mlp").equals("True");
                out.layer(line, new Layer(sizes[0], sizes[1], sizes[2], sizes[3], sizes[4], sizes[5], gated));
            }
        }
        return out.kernels();
    }

    private record Layer(long tokens, long ranks, long hidden, long heads, long keyHeads, long width, boolean gated) {
        long keyHeadsOfRank() {
            return Math.max(1, keyHeads / ranks);
        }
    }

    private record Rows(String file, String device, CsvTable table, List<MeasuredKernel> kernels) {
        void layer(CsvLines.Line line, Layer of) {
            long headDim = of.hidden() / of.heads();
            long headsOfRank = of.heads() / of.ranks();
            long width = of.width() / of.ranks();
            product(line, "attn_pre_proj", of.tokens(), (headsOfRank + 2 * of.keyHeadsOfRank()) * headDim, of.hidden());
            product(line, "attn_post_proj", of.tokens(), of.hidden(), of.hidden() / of.ranks());
            product(line, "mlp_up_proj", of.tokens(), (of.gated() ? 2 : 1) * width, of.hidden());
            product(line, "mlp_down_proj", of.tokens(), of.hidden(), width);
            double tensor = 2.0 * of.tokens() * of.hidden();
            moved(line, "emb", KernelKind.EMBEDDING, 2 * tensor);
            moved(line, "input_layernorm", KernelKind.NORM, 2 * tensor);
            moved(line, "post_attention_layernorm", KernelKind.NORM, 2 * tensor);
            moved(line, "add", KernelKind.ADD, 3 * tensor);
            moved(line, "mlp_act", KernelKind.ACTIVATION, (of.gated() ? 6.0 : 4.0) * of.tokens() * width);
            double rotated = 4.0 * of.tokens() * (headsOfRank + of.keyHeadsOfRank()) * headDim;
            moved(line, "attn_rope", KernelKind.ROTARY, rotated);
        }

        private void product(CsvLines.Line line, String operation, long m, long n, long k) {
            add(line, operation, new KernelWork.Product(Gemm.of(m, n, k, Precision.FP16)));
        }

        private void moved(CsvLines.Line line, String operation, KernelKind kind, double bytes) {
            add(line, operation, new KernelWork.Streaming(kind, bytes, KernelLibrary.INFERENCE));
        }

        private void add(CsvLines.Line line, String operation, KernelWork work) {
            OptionalDouble milliseconds = table.number(line, "time_stats." + operation + ".median");
            if (milliseconds.isPresent() && milliseconds.getAsDouble() > 0) {
                double seconds = 1e-3 * milliseconds.getAsDouble();
                kernels.add(new MeasuredKernel(file, line.number(), device, operation, work, seconds));
            }
        }
    }
}
