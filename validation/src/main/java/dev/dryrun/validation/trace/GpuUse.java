// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.trace;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a GPU does at an instant, in the order in which instants that several kinds share are counted: computing
/// before communicating, communicating before copying.
public enum GpuUse {
    GEMM("compute"),
    ATTENTION("compute"),
    OTHER_KERNEL("compute"),
    OPTIMIZER("optimizer"),
    TENSOR_COMM("tensor_comm"),
    EXPERT_COMM("expert_comm"),
    CONTEXT_COMM("context_comm"),
    PIPELINE_COMM("pipeline_comm"),
    DATA_COMM("data_comm"),
    COPY("offload");

    private static final Pattern COLLECTIVE =
            Pattern.compile("n?rccl|nccl|\\brccl|c10d::|mscclpp", Pattern.CASE_INSENSITIVE);
    private static final Pattern ATTENTION_KERNEL =
            Pattern.compile("flash|fmha|attention|sdpa|aotriton|mha_", Pattern.CASE_INSENSITIVE);
    private static final Pattern GEMM_KERNEL =
            Pattern.compile("gemm|cutlass.*(tensorop|sm\\d+_xmma)|^cijk_|nvjet|xmma|splitk", Pattern.CASE_INSENSITIVE);
    private static final Pattern OPTIMIZER_KERNEL =
            Pattern.compile("multi_tensor_apply|fusedadam|adam|lamb|sgd", Pattern.CASE_INSENSITIVE);
    private static final Pattern GEMM_CALL =
            Pattern.compile("aten::(mm|addmm|bmm|baddbmm|linear|matmul|_scaled_mm|_grouped_mm)(_|$).*|.*gemm.*");
    private static final Pattern ATTENTION_CALL = Pattern.compile(".*(attention|flash_attn|fmha).*");

    private final String kind;

    GpuUse(String kind) {
        this.kind = kind;
    }

    /// The kind of time of a simulated step that it belongs to.
    public String kind() {
        return kind;
    }

    public boolean isCommunication() {
        return compareTo(TENSOR_COMM) >= 0 && compareTo(DATA_COMM) <= 0;
    }

    /// Whether a kernel of that name belongs to a library of collectives.
    static boolean communicates(String kernel) {
        return COLLECTIVE.matcher(kernel).find();
    }

    /// By the operator that issued it, else by its name.
    static GpuUse ofKernel(String kernel, @Nullable OpCall call) {
        String op = call == null ? "" : call.name().toLowerCase(Locale.ROOT);
        if (OPTIMIZER_KERNEL.matcher(kernel).find() || op.contains("adam")) {
            return OPTIMIZER;
        } else if (ATTENTION_CALL.matcher(op).matches()
                || ATTENTION_KERNEL.matcher(kernel).find()) {
            return ATTENTION;
        } else if (GEMM_CALL.matcher(op).matches()
                || GEMM_KERNEL.matcher(kernel).find()) {
            return GEMM;
        }
        return OTHER_KERNEL;
    }

    /// By what its group is called; else messages are those of a pipeline, all-to-alls those of experts, and all
    /// others those of replicas.
    static GpuUse ofCollective(String kernel, TracedCollective collective) {
        String group = collective.group().toLowerCase(Locale.ROOT);
        if (group.matches(".*(tensor|\\btp\\b|_tp).*")) {
            return TENSOR_COMM;
        } else if (group.matches(".*(expert|\\bep\\b|_ep).*")) {
            return EXPERT_COMM;
        } else if (group.matches(".*(context|\\bcp\\b|_cp).*")) {
            return CONTEXT_COMM;
        } else if (group.matches(".*(pipeline|\\bpp\\b|_pp).*")) {
            return PIPELINE_COMM;
        }
        String what = (kernel + " " + collective.kind()).toLowerCase(Locale.ROOT);
        if (what.matches(".*(alltoall|all_to_all).*")) {
            return EXPERT_COMM;
        }
        return what.matches(".*(sendrecv|send|recv).*") ? PIPELINE_COMM : DATA_COMM;
    }
}
