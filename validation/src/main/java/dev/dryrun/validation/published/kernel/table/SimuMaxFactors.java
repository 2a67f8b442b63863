// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.kernel.table;

import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.hardware.kernel.FlashAttention;
import dev.dryrun.hardware.kernel.Gemm;
import dev.dryrun.hardware.kernel.Output;
import dev.dryrun.hardware.kernel.Pass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Efficiencies of kernels of one accelerator as MooreThreads/SimuMax publishes them, turned back into times by the
/// peak that the file names.
///
/// The key of an entry has its sizes. Attention factors count the full square of scores of a causal kernel, so half of
/// them is real. A grouped product's weight gradient adds to an fp32 one.
final class SimuMaxFactors {
    private final String file;
    private final String device;
    private final List<MeasuredKernel> kernels = new ArrayList<>();

    private SimuMaxFactors(String file, String device) {
        this.file = file;
        this.device = device;
    }

    /// Its kernels; none where the text is something else.
    static List<MeasuredKernel> read(String file, String text) {
        var problems = new Problems();
        Map<?, ?> root = Document.readJson(file, text, problems).root().plain();
        if (problems.count() > 0) {
            return List.of();
        }
        Map<?, ?> operations = child(child(root, "accelerator"), "op");
        var factors = new SimuMaxFactors(file, String.valueOf(root.get("sys_name")));
        for (String operation : List.of("matmul", "group_matmul", "sdp_fwd", "sdp_bwd")) {
            Map<?, ?> one = child(operations, operation);
            double peak = 1e12 * number(one.get("tflops"));
            child(one, "accurate_efficient_factor").forEach((key, factor) -> {
                if (number(factor) > 0 && peak > 0) {
                    factors.add(operation, pairs(String.valueOf(key)), number(factor) * peak);
                }
            });
        }
        return factors.kernels;
    }

    private static Map<?, ?> child(Map<?, ?> map, String key) {
        return map.get(key) instanceof Map<?, ?> child ? child : Map.of();
    }

    private static double number(@Nullable Object value) {
        return value instanceof Number number ? number.doubleValue() : 0;
    }

    private void add(String operation, Map<String, String> key, double flopsPerSecond) {
        switch (operation) {
            case "matmul" -> {
                Output output = output(is(key, "accumulate"), key.getOrDefault("out_dtype", ""));
                var gemm = new Gemm(
                        size(key, "m"), size(key, "n"), size(key, "k"), size(key, "b"), Precision.BF16, output);
                add(key.getOrDefault("layout", ""), new KernelWork.Product(gemm), gemm.flops() / flopsPerSecond);
            }
            case "group_matmul" -> grouped(key, flopsPerSecond);
            default -> {
                Pass pass = operation.equals("sdp_fwd") ? Pass.FORWARD : Pass.BACKWARD;
                long length = size(key, "seq_len");
                var shape = new FlashAttention(
                        size(key, "batch"),
                        length,
                        0.5 * length * length,
                        size(key, "head_num"),
                        size(key, "qk_head_dim"),
                        size(key, "v_head_dim"));
                double real = 0.5 * flopsPerSecond;
                add(operation, new KernelWork.Attention(shape, pass, "TE", Precision.BF16), shape.flops(pass) / real);
            }
        }
    }

    /// In the backward passes the key keeps the sizes of the forward one.
    private void grouped(Map<String, String> key, double flopsPerSecond) {
        long m = size(key, "M");
        long n = size(key, "N");
        long k = size(key, "K");
        String stage = key.getOrDefault("stage", "");
        Gemm each = switch (stage) {
            case "bwd_grad_act" -> Gemm.of(m, k, n, Precision.BF16);
            case "bwd_grad_w" ->
                new Gemm(
                        n,
                        k,
                        m,
                        1,
                        Precision.BF16,
                        output(is(key, "accumulate"), key.getOrDefault("main_grad_dtype", "")));
            default -> Gemm.of(m, n, k, Precision.BF16);
        };
        int groups = (int) size(key, "ng");
        add(stage, new KernelWork.Grouped(each, groups), groups * each.flops() / flopsPerSecond);
    }

    private void add(String operation, KernelWork work, double seconds) {
        kernels.add(new MeasuredKernel(file, kernels.size() + 1, device, operation, work, seconds));
    }

    private static Output output(boolean accumulates, String type) {
        if (type.equals("fp32")) {
            return accumulates ? Output.ACCUMULATE_FP32 : Output.STORE_FP32;
        }
        return accumulates ? Output.ACCUMULATE_16 : Output.STORE;
    }

    private static boolean is(Map<String, String> key, String name) {
        return key.getOrDefault(name, "").equals("True");
    }

    private static long size(Map<String, String> key, String name) {
        return Long.parseLong(key.getOrDefault(name, "1"));
    }

    private static Map<String, String> pairs(String key) {
        var pairs = new HashMap<String, String>();
        for (String pair : key.split(",", -1)) {
            String[] sides = pair.strip().split("=", 2);
            if (sides.length == 2) {
                pairs.put(sides[0], sides[1]);
            }
        }
        return pairs;
    }
}
