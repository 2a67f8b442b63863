// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.megatron;

import org.jspecify.annotations.Nullable;

/// The software stack: no script names it, so it is chosen by what the script shows, and says so.
///
/// First match wins:
///
/// | the launch has | stack |
/// |---|---|
/// | the DeepSpeed launcher or `--deepspeed` | `megatron-deepspeed` |
/// | an option that came in 2025: `--recompute-modules`, `--fp8-recipe`, `--mtp-num-layers`, ... | `te-2025` |
/// | fp8, FlashAttention, Transformer Engine, Megatron-Core | `te-2024` |
/// | `--transformer-impl local`, sequence parallelism, selective recomputation, the distributed optimizer | `megatron-2022` |
/// | `--model-parallel-size`, `--batch-size`, `pretrain_gpt2.py` | `megatron-2020` |
/// | `torchrun` or options of later years | `te-2024` |
/// | none of it | `megatron-2021` |
///
/// What the launch overlaps and accumulates is then laid over the stack.
final class StackOptions {
    private static final String[] OF_2025 = {
        "--recompute-modules",
        "--fp8-recipe",
        "--fp4-format",
        "--mtp-num-layers",
        "--moe-permute-fusion",
        "--moe-router-fusion",
        "--cross-entropy-fusion-impl",
        "--use-precision-aware-optimizer",
        "--use-megatron-fsdp",
        "--overlap-moe-expert-parallel-comm",
        "--cuda-graph-impl",
        "--grad-reduce-in-bf16"
    };
    private static final String[] OF_2024 = {
        "--use-mcore-models",
        "--fp8-format",
        "--fp8-hybrid",
        "--fp8-e4m3",
        "--use-flash-attn",
        "--use-flash-attn-v1",
        "--use-flash-attn-v2",
        "--use-flash-attn-triton",
        "--use-flash-attn-builder",
        "--attention-backend",
        "--context-parallel-size",
        "--tp-comm-overlap",
        "--multi-latent-attention",
        "--cross-entropy-loss-fusion",
        "--moe-router-topk",
        "--ckpt-format"
    };
    private static final String[] OF_2022 = {
        "--sequence-parallel",
        "--recompute-granularity",
        "--recompute-activations",
        "--checkpoint-granularity",
        "--use-distributed-optimizer"
    };
    private static final String[] LATER = {
        "--group-query-attention",
        "--swiglu",
        "--untie-embeddings-and-output-weights",
        "--overlap-grad-reduce",
        "--normalization"
    };

    private final Reading reading;

    private StackOptions(Reading reading) {
        this.reading = reading;
    }

    static void read(Reading reading) {
        new StackOptions(reading).read();
    }

    private void read() {
        String stack = choose();
        boolean engine = stack.startsWith("te-");
        dataOverlap(engine);
        tensorOverlap(engine, stack);
        gradients(engine, stack);
        transfers();
        String bucket = "stack.data_parallel.bucket_parameters";
        reading.copy(bucket, 1, 1_000_000_000_000L, "--ddp-bucket-size");
    }

    private String choose() {
        Option local = reading.find("--transformer-impl");
        boolean isLocal = (local != null && local.text().equals("local")) || reading.has("--use-legacy-models");
        boolean isEngine = local != null && local.text().equals("transformer_engine");
        if (reading.has("--deepspeed") || reading.launch().starts("deepspeed")) {
            return is("megatron-deepspeed", reading.find("--deepspeed"), "the DeepSpeed launcher");
        }
        Option newest = reading.find(OF_2025);
        if (newest != null) {
            return is("te-2025", newest, "");
        }
        Option shown = isEngine ? local : reading.find(OF_2024);
        if (shown != null && !(isLocal && !reading.has("--use-flash-attn"))) {
            return is("te-2024", shown, "");
        }
        Option of2022 = isLocal ? local : reading.find(OF_2022);
        if (of2022 != null && !(reading.launch().starts("torchrun") && reading.has(LATER) && !isLocal)) {
            return is("megatron-2022", of2022, "");
        }
        Option old = reading.find("--model-parallel-size", "--batch-size");
        if (old != null || reading.launch().programName().contains("gpt2")) {
            return is("megatron-2020", old, reading.launch().programName());
        }
        Option later = reading.find(LATER);
        if (later != null || reading.launch().starts("torchrun")) {
            return is("te-2024", later, "torchrun");
        }
        return is("megatron-2021", null, "options that are all of 2021 or older");
    }

    private String is(String stack, @Nullable Option shownBy, String otherwise) {
        String why = "assumed because of " + (shownBy == null ? otherwise : shownBy.name());
        if (shownBy == null) {
            reading.assume("stack", stack, why);
        } else {
            reading.set("stack", stack, shownBy, why);
        }
        return stack;
    }

    private void dataOverlap(boolean engine) {
        Option overlap = reading.find("--overlap-grad-reduce", "--overlap-param-gather");
        Option torch = reading.find("--DDP-impl");
        if (overlap != null && !engine) {
            reading.set("stack.data_parallel.overlap", true, overlap);
        } else if (overlap == null && engine) {
            reading.assume("stack.data_parallel.overlap", false, "no --overlap-grad-reduce");
        } else if (torch != null && torch.text().equals("torch")) {
            reading.set("stack.data_parallel.overlap", true, torch);
        } else if (torch != null && torch.text().equals("local")) {
            reading.set("stack.data_parallel.overlap", false, torch);
        }
    }

    private void tensorOverlap(boolean engine, String stack) {
        Option overlap = reading.find("--tp-comm-overlap");
        Option off = reading.find("--no-async-tensor-model-parallel-allreduce");
        boolean splits = reading.drafted("strategy.tensor", 1) > 1;
        String key = "stack.tensor_parallel.overlap";
        if (off != null && stack.equals("megatron-2022") && !reading.has("--sequence-parallel")) {
            reading.set(key, "none", off);
        } else if (off != null) {
            off.free("it is on with sequence parallelism, or the flag is ignored");
        }
        if (overlap != null && !engine) {
            overlap.notModelled("the stack overlaps what its code does");
        } else if (overlap == null && engine && splits) {
            reading.assume(key, "backward", "no --tp-comm-overlap: only the backward pass overlaps");
        }
    }

    /// Gradients are summed in fp32 with bf16 and where asked for; the fused sum needs fp32.
    private void gradients(boolean engine, String stack) {
        Option inBf16 = reading.find("--grad-reduce-in-bf16");
        Option inFp32 =
                reading.find("--accumulate-allreduce-grads-in-fp32", "--grad-reduce-in-fp32", "--fp32-allreduce");
        Option unfused = reading.find("--no-gradient-accumulation-fusion");
        boolean fp16 = "fp16".equals(reading.draftedText("training.precision"));
        boolean bf16 = "bf16".equals(reading.draftedText("training.precision"));
        boolean sumsInFp32 = engine || stack.equals("megatron-2022");
        if (inBf16 != null) {
            reading.set("stack.gradients.format", "model", inBf16);
            reading.set("stack.gradients.fused", false, inBf16);
        } else if (inFp32 != null && !sumsInFp32) {
            reading.set("stack.gradients.format", "fp32", inFp32);
        } else if (bf16 && stack.equals("megatron-2021")) {
            reading.assume("stack.gradients.format", "fp32", "Megatron-LM sums in fp32 with --bf16");
        } else if (inFp32 == null && fp16 && sumsInFp32) {
            reading.assume("stack.gradients.format", "model", "no --accumulate-allreduce-grads-in-fp32");
            reading.assume("stack.gradients.fused", false, "the fused sum needs fp32");
        }
        if (unfused != null && inBf16 == null) {
            reading.set("stack.gradients.fused", false, unfused);
        }
    }

    private void transfers() {
        Option whole = reading.find("--no-scatter-gather-tensors-in-pipeline");
        Option waits = reading.find("--no-overlap-p2p-communication");
        if (whole != null) {
            reading.set("stack.pipeline_transfers", "whole", whole);
        } else if (waits != null) {
            reading.set("stack.pipeline_transfers", "scattered", waits);
        }
    }
}
