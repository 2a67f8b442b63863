// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports;

import java.util.Locale;

/// What other programs can do and the nearest to it that a scenario can say today: the one place that decides so.
///
/// A line with an empty gap is exact. Where something comes to be simulated, its line here changes and nothing else.
public final class NearestSimulated {
    private NearestSimulated() {}

    /// What a choice becomes.
    ///
    /// @param value the word of the scenario
    /// @param gap what that word leaves out; empty where it leaves out nothing
    public record Choice(String value, String gap) {}

    /// The part of the training state that each data-parallel rank keeps only a share of: `strategy.sharding`.
    public enum Sharded {
        NOTHING("none", ""),
        OPTIMIZER("optimizer", ""),
        GRADIENTS("gradients", ""),
        PARAMETERS("parameters", ""),
        PARAMETERS_IN_UNKNOWN_GROUPS("parameters", "how many ranks share a copy is open, so all replicas do");

        private final String value;
        private final String gap;

        Sharded(String value, String gap) {
            this.value = value;
            this.gap = gap;
        }

        public Choice nearest() {
            return new Choice(value, gap);
        }
    }

    /// Ways to spread a step over ranks that a scenario can say.
    public enum Spread {
        CONTEXT("strategy.context"),
        EXPERT("strategy.expert"),
        EXPERT_TENSOR("strategy.expert_tensor");

        private final String key;

        Spread(String key) {
            this.key = key;
        }

        public String key() {
            return key;
        }
    }

    /// The order of forward and backward passes in a pipeline: `strategy.pipeline.schedule`.
    public enum PipelineOrder {
        GPIPE("gpipe", "", false),
        ONE_F_ONE_B("1f1b", "", false),
        INTERLEAVED_1F1B("interleaved-1f1b", "", true),
        LOOPED_BFS("looped-bfs", "", true),
        INTERLEAVED_ZERO_BUBBLE("interleaved-1f1b", "weight gradients do not fill its bubbles", true),
        ZBV_ZERO_BUBBLE("zb-v", "", true),
        DUAL_PIPE_V("dualpipe-v", "the passes of a pair run one after the other", true),
        OTHER("1f1b", "this order of passes is unknown", false);

        private final String value;
        private final String gap;
        private final boolean looped;

        PipelineOrder(String value, String gap, boolean looped) {
            this.value = value;
            this.gap = gap;
            this.looped = looped;
        }

        public Choice nearest() {
            return new Choice(value, gap);
        }

        /// The order that PyTorch calls by this name, in any of the spellings of the years.
        public static PipelineOrder ofPyTorch(String name) {
            return switch (name.toLowerCase(Locale.ROOT).replace("_", "")) {
                case "gpipe" -> GPIPE;
                case "1f1b" -> ONE_F_ONE_B;
                case "interleaved1f1b", "flexibleinterleaved1f1b" -> INTERLEAVED_1F1B;
                case "loopedbfs" -> LOOPED_BFS;
                case "interleavedzerobubble" -> INTERLEAVED_ZERO_BUBBLE;
                case "zbvzerobubble" -> ZBV_ZERO_BUBBLE;
                case "dualpipev" -> DUAL_PIPE_V;
                default -> OTHER;
            };
        }

        /// Whether a rank holds several slices of the layers.
        public boolean looped() {
            return looped;
        }
    }

    /// Which activations are computed again: `strategy.recompute`.
    public enum Recomputed {
        NOTHING("none", ""),
        EVERYTHING("full", ""),
        SOME_OPERATIONS("selective", "only the core of attention is computed again, not every second matrix product"),
        SOME_LAYERS("full", ""),
        TO_A_BUDGET("selective", "what the compiler drops to keep a budget is not known");

        private final String value;
        private final String gap;

        Recomputed(String value, String gap) {
            this.value = value;
            this.gap = gap;
        }

        public Choice nearest() {
            return new Choice(value, gap);
        }
    }

    /// The update of the parameters: `training.optimizer`.
    public enum Update {
        ADAM("adam", ""),
        ADAMW("adamw", ""),
        ADAM_8BIT("adam-8bit", ""),
        ADAFACTOR("adafactor", ""),
        SGD("sgd", ""),
        MOMENTUM("momentum", ""),
        LAMB("adam", "the norms that it takes of each layer are left out"),
        COMPRESSED_ADAM("adam", "gradients travel whole, not compressed"),
        COMPRESSED_LAMB("adam", "gradients travel whole, not compressed"),
        LION("lion", ""),
        ADAGRAD("momentum", "it keeps as much state, and its arithmetic is left out"),
        MUON("muon", ""),
        OTHER("adam", "the state that this optimizer keeps is unknown");

        private final String value;
        private final String gap;

        Update(String value, String gap) {
            this.value = value;
            this.gap = gap;
        }

        public Choice nearest() {
            return new Choice(value, gap);
        }

        /// The optimizer of that class name.
        public static Update named(String name, boolean momentum) {
            return switch (name.toLowerCase(Locale.ROOT).replace("_", "")) {
                case "adam", "fusedadam", "deepspeedcpuadam", "cpuadam", "muadam" -> ADAM;
                case "adamw", "muadamw" -> ADAMW;
                case "adam8bit", "adamw8bit" -> ADAM_8BIT;
                case "adafactor" -> ADAFACTOR;
                case "sgd", "musgd" -> momentum ? MOMENTUM : SGD;
                case "lamb", "fusedlamb" -> LAMB;
                case "onebitadam", "zerooneadam" -> COMPRESSED_ADAM;
                case "onebitlamb" -> COMPRESSED_LAMB;
                case "lion", "fusedlion" -> LION;
                case "adagrad" -> ADAGRAD;
                case "muon", "distmuon", "distributedmuon" -> MUON;
                default -> OTHER;
            };
        }
    }

    /// The format of matrix products: `training.precision`.
    public enum Products {
        FP32("fp32", ""),
        FP16("fp16", ""),
        BF16("bf16", ""),
        AUTOCAST_FP16("fp16", "parameters would be kept in fp32 and cast for each product"),
        AUTOCAST_BF16("bf16", "parameters would be kept in fp32 and cast for each product"),
        ALL_BF16("bf16", ""),
        FLOAT8("fp8", "no layer is left out of it"),
        MX_FP8("fp8", "");

        private final String value;
        private final String gap;

        Products(String value, String gap) {
            this.value = value;
            this.gap = gap;
        }

        public Choice nearest() {
            return new Choice(value, gap);
        }
    }
}
