// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options of `dryrun estimate` in the groups of its help. They are kept as written; `WrittenOptions` reads them.
final class EstimateOptions {
    private EstimateOptions() {}

    /// How much is trained.
    static final class Extent {
        @Option(names = "--parameters", paramLabel = "P", description = "Size of a model instead of a name: 7e9, 7B.")
        @Nullable
        String parameters;

        @Option(names = "--tokens", paramLabel = "D", description = "Tokens of the training (20 a parameter).")
        @Nullable
        String tokens;

        @Option(names = "--flops", paramLabel = "C", description = "Compute budget, from which the tokens follow.")
        @Nullable
        String flops;

        @Option(names = "--gpus", paramLabel = "N", description = "GPUs that train; with --days, a budget.")
        @Nullable
        String gpus;

        @Option(
                names = "--days",
                paramLabel = "T",
                description = "Days of these GPUs; without --gpus, a deadline that asks for their number.")
        @Nullable
        String days;
    }

    /// How fast a GPU is.
    static final class Speeds {
        @Option(
                names = "--accelerator",
                paramLabel = "NAME",
                completionCandidates = CatalogWords.Accelerators.class,
                description = "Accelerator of the catalog: its memory, and its typical speed.")
        @Nullable
        String accelerator;

        @Option(
                names = "--tflops-per-gpu",
                paramLabel = "X",
                description = "TFLOP/s as executed; --recompute full counts 8 P D.")
        @Nullable
        String tflops;

        @Option(
                names = {"--mfu", "--utilisation"},
                paramLabel = "SHARE",
                description = "Share of the peak, 0.4 for 40 %%.")
        @Nullable
        String mfu;

        @Option(names = "--tokens-per-second", paramLabel = "R", description = "Tokens/s of all GPUs together.")
        @Nullable
        String tokensPerSecond;

        @Option(
                names = "--scenario",
                paramLabel = "FILE",
                description = "Simulate a step of this scenario for the speed, and take the rest from it too.")
        @Nullable
        String scenario;

        @Option(names = "--price", paramLabel = "USD", description = "Price of a GPU hour.")
        @Nullable
        String price;
    }

    /// How it is trained.
    static final class Setup {
        @Option(
                names = "--precision",
                paramLabel = "FORMAT",
                completionCandidates = Words.Formats.class,
                description = "fp32, tf32, fp16, bf16 (unless said), fp8: mixed; pure-bf16: nothing in fp32.")
        @Nullable
        String precision;

        @Option(
                names = "--optimizer",
                paramLabel = "KIND",
                completionCandidates = Words.Optimizers.class,
                description = "adam (unless said), adam-8bit, momentum, sgd.")
        @Nullable
        String optimizer;

        @Option(names = "--fp32-gradients", description = "Gradients are added up in fp32.")
        boolean fp32Gradients;

        @Option(names = "--tensor", paramLabel = "N", description = "Ranks that share the matrices of a layer.")
        @Nullable
        String tensor;

        @Option(names = "--sequence-parallel", description = "They share norms and residuals too.")
        boolean sequenceParallel;

        @Option(names = "--pipeline", paramLabel = "N", description = "Pipeline stages.")
        @Nullable
        String pipeline;

        @Option(names = "--data", paramLabel = "N", description = "Replicas (what --gpus leaves).")
        @Nullable
        String data;

        @Option(names = "--sequence-length", paramLabel = "S", description = "Tokens of a sequence.")
        @Nullable
        String sequenceLength;

        @Option(names = "--micro-batch", paramLabel = "B", description = "Sequences of a forward pass (1).")
        @Nullable
        String microBatch;

        @Option(
                names = "--recompute",
                paramLabel = "KIND",
                completionCandidates = Words.Levels.class,
                description = "none (unless said), selective, full.")
        @Nullable
        String recompute;

        @Option(
                names = "--attention",
                paramLabel = "KIND",
                completionCandidates = Words.Attentions.class,
                description = "flash (unless said), materialised.")
        @Nullable
        String attention;
    }

    /// Inference.
    static final class Serving {
        @Option(names = "--sequences", paramLabel = "N", description = "Sequences that are served at a time (1).")
        @Nullable
        String sequences;

        @Option(names = "--kv-bits", paramLabel = "N", description = "Bits of an element of keys and values (16).")
        @Nullable
        String kvBits;
    }
}
