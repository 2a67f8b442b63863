// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate;

import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.hardware.kernel.FlashAttention;
import dev.dryrun.hardware.kernel.Gemm;
import dev.dryrun.hardware.kernel.Output;
import dev.dryrun.hardware.kernel.Pass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Measured efficiencies by exact shape, as MooreThreads/SimuMax (Apache-2.0) publishes them: rate over the peak that
/// the file names.
///
/// Its products include weight gradients accumulated in fp32, which no other public table has. Its attention factors
/// count the full square of scores for a causal kernel, so half of them is real.
record SimuMaxFile(List<MeasuredGemm> gemms, List<MeasuredAttention> attention) {
    record MeasuredAttention(FlashAttention shape, Pass pass, double flopsPerSecond) {}

    private static final Pattern PEAK = Pattern.compile("\"tflops\": ([0-9.]+)");
    private static final Pattern GEMM = Pattern.compile(
            "\"b=(\\d+), m=(\\d+), k=(\\d+), n=(\\d+), layout=(\\w+), accumulate=(\\w+), out_dtype=(\\w+)\":"
                    + " ([0-9.]+)");
    private static final Pattern ATTENTION = Pattern.compile(
            "\"batch=(\\d+), seq_len=(\\d+), head_num=(\\d+), kv_head_num=\\d+, qk_head_dim=(\\d+), v_head_dim=(\\d+),"
                    + " qkv_contiguous=True\": ([0-9.]+)");

    static SimuMaxFile read(Path path) throws IOException {
        var gemms = new ArrayList<MeasuredGemm>();
        var attention = new ArrayList<MeasuredAttention>();
        String section = "";
        double peak = 0;
        String file = path.getFileName().toString();
        for (String line : Files.readAllLines(path)) {
            section = line.contains("matmul\"") || line.contains("sdp_") ? line.replaceAll("[^a-z0-9_]", "") : section;
            Matcher rate = PEAK.matcher(line);
            peak = rate.find() ? 1e12 * Double.parseDouble(rate.group(1)) : peak;
            Matcher gemm = GEMM.matcher(line);
            if (section.equals("matmul") && gemm.find()) {
                gemms.add(measured(file, gemm, peak));
            }
            Matcher sdp = ATTENTION.matcher(line);
            if (section.startsWith("sdp_") && sdp.find()) {
                Pass pass = section.equals("sdp_fwd") ? Pass.FORWARD : Pass.BACKWARD;
                long headDim = (number(sdp, 4) + number(sdp, 5)) / 2;
                var shape = FlashAttention.causal(number(sdp, 1), number(sdp, 2), number(sdp, 3), headDim);
                attention.add(new MeasuredAttention(shape, pass, peak / 2 * Double.parseDouble(sdp.group(6))));
            }
        }
        return new SimuMaxFile(List.copyOf(gemms), List.copyOf(attention));
    }

    private static MeasuredGemm measured(String file, Matcher match, double peak) {
        Output output = switch (match.group(6) + match.group(7)) {
            case "Truefp32" -> Output.ACCUMULATE_FP32;
            case "Falsefp32" -> Output.STORE_FP32;
            case "Truebf16" -> Output.ACCUMULATE_16;
            default -> Output.STORE;
        };
        var gemm = new Gemm(
                number(match, 2), number(match, 4), number(match, 3), number(match, 1), Precision.BF16, output);
        double seconds = gemm.flops() / (peak * Double.parseDouble(match.group(8)));
        return new MeasuredGemm(file, match.group(5), gemm, seconds);
    }

    private static long number(Matcher match, int group) {
        return Long.parseLong(match.group(group));
    }
}
