// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate;

import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.hardware.kernel.Gemm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Timings of the layers of one transformer, as microsoft/vidur (MIT) publishes them.
///
/// One row per number of tokens and tensor-parallel size; milliseconds; 16-bit numbers, forward only. We take the
/// median of a row's repetitions: a training step meets the clock the chip has, not its best moment. The minimum is 0
/// to 1 % less in runs below 1.6 ms and 2.5 to 3 % less above 3.2 ms, which is the power limit at work.
record VidurFile(List<MeasuredGemm> gemms, List<MeasuredCopy> copies) {

    static VidurFile read(Path path) throws IOException {
        var gemms = new ArrayList<MeasuredGemm>();
        var copies = new ArrayList<MeasuredCopy>();
        String file = path.getFileName().toString();
        for (CsvRow row : CsvRow.readAll(path)) {
            long tokens = row.integer("num_tokens");
            long ranks = row.integer("num_tensor_parallel_workers");
            long hidden = row.integer("n_embd");
            long heads = row.integer("n_head");
            long keyHeads = row.integer("n_kv_head");
            long headDim = hidden / heads;
            boolean gated = row.text("use_gated_mlp").equals("True");
            long width = row.integer("n_expanded_embd");
            long upWidth = (gated ? 2 : 1) * width / ranks;
            long queryKeyValue = (heads / ranks + 2 * (keyHeads / ranks)) * headDim;
            addGemm(gemms, file, row, "attn_pre_proj", tokens, queryKeyValue, hidden);
            addGemm(gemms, file, row, "attn_post_proj", tokens, hidden, hidden / ranks);
            addGemm(gemms, file, row, "mlp_up_proj", tokens, upWidth, hidden);
            addGemm(gemms, file, row, "mlp_down_proj", tokens, hidden, width / ranks);
            addCopy(copies, file, row, "add", 6.0 * tokens * hidden);
            addCopy(copies, file, row, "mlp_act", (gated ? 6.0 : 4.0) * tokens * width / ranks);
            addCopy(copies, file, row, "input_layernorm", 4.0 * tokens * hidden);
            addCopy(copies, file, row, "attn_rope", 4.0 * tokens * (heads + keyHeads) / ranks * headDim);
        }
        return new VidurFile(List.copyOf(gemms), List.copyOf(copies));
    }

    private static void addGemm(
            List<MeasuredGemm> gemms, String file, CsvRow row, String operation, long m, long n, long k) {
        double seconds = row.number(column(operation)) * 1e-3;
        if (seconds > 0) {
            gemms.add(new MeasuredGemm(file, operation, Gemm.of(m, n, k, Precision.FP16), seconds));
        }
    }

    private static void addCopy(List<MeasuredCopy> copies, String file, CsvRow row, String operation, double bytes) {
        double seconds = row.number(column(operation)) * 1e-3;
        if (seconds > 0) {
            copies.add(new MeasuredCopy(file, operation, bytes, seconds));
        }
    }

    private static String column(String operation) {
        return "time_stats." + operation + ".median";
    }
}
