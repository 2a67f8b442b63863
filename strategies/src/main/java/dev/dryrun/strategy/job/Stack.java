// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.job;

import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Unit;
import dev.dryrun.hardware.collective.tuner.Tuners;

/// A software stack: what its kernels fuse, what it overlaps, what it accumulates in which precision.
///
/// The same model on the same machine differs by 10 to 60 % between stacks; that is a fact of the stack, not an error
/// of the machine's description.
///
/// @param name as in the catalog
/// @param attention how the attention core is computed
/// @param flashForwardOfPeak rate of fused attention forward, as a share of the 16-bit peak; 0 where attention is
/// materialised
/// @param flashBackwardOfPeak the same backward
/// @param traffic bytes of the byte-bound kernels
/// @param experts how experts run
/// @param gradients how weight gradients are accumulated
/// @param tensorOverlap what of the tensor-parallel communication runs beside kernels
/// @param tensorSlowdown share of their speed that kernels lose while overlapped tensor-parallel communication runs
/// @param pipelineTransfers how activations travel between stages
/// @param dataOverlap whether data-parallel communication runs beside the backward and forward passes
/// @param dataSlowdown share of their speed that kernels lose while it runs
/// @param bucketParameters parameters whose gradients are reduced in one piece, where reduction overlaps
/// @param optimizerReplicatedBytes traffic of the optimizer step per parameter, where every replica keeps all of its
/// state
/// @param optimizerShardedBytes the same per parameter of a replica's share, where state is sharded
/// @param optimizerLocalBytes traffic per local parameter besides, where state is sharded
/// @param hostSecondsPerKernel host time to issue a kernel
/// @param byteBoundSeconds that each byte-bound kernel takes beside moving its bytes and the gap to the next kernel
/// @param hostAwaitsParts whether the host waits for the device after each layer, as when every layer is timed by
/// itself
/// @param stepOverheadSeconds of each step beside passes and optimizer: data loading, logging, clipping
/// @param inSwitchReduction whether the library of collectives is new enough to all-reduce inside the switches (NVLS)
/// @param meetingSeconds for each further rank of a collective that kernels wait for, until its members, each issued by
/// a host of its own, have all come
/// @param tuner release by whose table the library chooses algorithms, where it has one; empty: the quickest
/// @param flopConvention how the framework's own log counts FLOPs
/// @param memory what the stack keeps in memory
public record Stack(
        String name,
        Attention attention,
        double flashForwardOfPeak,
        double flashBackwardOfPeak,
        ElementwiseTraffic traffic,
        ExpertKernels experts,
        Gradients gradients,
        TensorOverlap tensorOverlap,
        double tensorSlowdown,
        PipelineTransfers pipelineTransfers,
        boolean dataOverlap,
        double dataSlowdown,
        double bucketParameters,
        double optimizerReplicatedBytes,
        double optimizerShardedBytes,
        double optimizerLocalBytes,
        double hostSecondsPerKernel,
        double byteBoundSeconds,
        boolean hostAwaitsParts,
        double stepOverheadSeconds,
        boolean inSwitchReduction,
        double meetingSeconds,
        String tuner,
        String flopConvention,
        StackMemory memory) {
    /// Fused attention in bf16 on a CPU runs at 0.4 % of the rate of its matrix products.
    private static final double LEAST_FLASH_SHARE = 1e-4;

    /// Reads a stack; problems are the entry's.
    public static Stack read(Entry entry) {
        entry.allow("schema", "title", "source", "date", "note", "extends");
        Attention attention = entry.choice("attention", Attention.class);
        boolean flash = attention == Attention.FLASH;
        Entry gradients = entry.child("gradients");
        Entry tensor = entry.child("tensor_parallel");
        Entry data = entry.child("data_parallel");
        Entry optimizer = entry.child("optimizer_bytes");
        Entry collectives = entry.optionalChild("collectives");
        Stack stack = new Stack(
                entry.text("name"),
                attention,
                flash
                        ? entry.figure("flash_forward_of_peak", LEAST_FLASH_SHARE, 1)
                                .value()
                        : 0,
                flash
                        ? entry.figure("flash_backward_of_peak", LEAST_FLASH_SHARE, 1)
                                .value()
                        : 0,
                ElementwiseTraffic.read(entry.child("traffic")),
                entry.has("experts") ? ExpertKernels.read(entry.child("experts")) : ExpertKernels.USUAL,
                new Gradients(gradients.choice("format", GradientFormat.class), gradients.flag("fused", false)),
                tensor.choice("overlap", TensorOverlap.class),
                tensor.has("slowdown") ? tensor.figure("slowdown", 0, 0.95).value() : 0,
                entry.choice("pipeline_transfers", PipelineTransfers.class),
                data.flag("overlap", false),
                data.has("slowdown") ? data.figure("slowdown", 0, 0.95).value() : 0,
                data.number("bucket_parameters", 1, 1e12, 4e7),
                optimizer.figure("replicated", 0, 1000).value(),
                optimizer.figure("sharded", 0, 1000).value(),
                optimizer.figure("local", 0, 1000).value(),
                entry.figure("host_per_kernel", Unit.SECONDS).value(),
                entry.has("byte_bound_latency")
                        ? entry.figure("byte_bound_latency", Unit.SECONDS).value()
                        : 0,
                entry.flag("host_awaits_layers", false),
                entry.has("step_overhead")
                        ? entry.figure("step_overhead", Unit.SECONDS).value()
                        : 0,
                entry.flag("in_switch_reduction", false),
                collectives.has("meeting")
                        ? collectives.figure("meeting", Unit.SECONDS).value()
                        : 0,
                collectives.word("tuner", Tuners.names(), ""),
                entry.text("flop_convention"),
                StackMemory.read(entry.child("memory")));
        for (Entry part : java.util.List.of(gradients, tensor, data, optimizer, collectives)) {
            part.rejectUnknownKeys();
        }
        entry.rejectUnknownKeys();
        return stack;
    }

    /// Traffic per weight and micro-batch of adding a gradient to the sum so far: nothing where the product does that
    /// itself, else the addition and, where the gradient is widened before, its copy in the sum's format, written and
    /// read.
    public double gradientAdditionBytes(Precision precision) {
        int sum = gradients.format().bytes(precision);
        boolean copies = memory.widensGradients() && !gradients.fused() && sum > precision.tensorBytes();
        return gradients.additionBytes(precision) + (copies ? 2 * sum : 0);
    }

    /// To change it.
    public StackDraft draft() {
        return new StackDraft(this);
    }

    /// How the attention core is computed.
    public enum Attention {
        /// Scores are written to memory, normalised and read back.
        MATERIALISED,
        /// One kernel that never writes scores.
        FLASH
    }

    /// What of the tensor-parallel communication runs beside kernels.
    public enum TensorOverlap {
        /// Nothing: every collective is waited for.
        NONE,
        /// In the backward pass, what the weight gradients do not need runs beside their products.
        BACKWARD,
        /// Every collective runs beside the matrix product that makes or needs its data, piece by piece.
        ALL
    }

    /// How activations travel between stages.
    public enum PipelineTransfers {
        /// Each rank of a tensor group sends its share, and the receivers gather it; what is sent and received between
        /// two passes is one batch. Both sides wait.
        SCATTERED,
        /// Each rank of a tensor group sends the whole tensor, and messages between two stages go one after the other,
        /// activations first, because sends and receives are not batched. Both sides wait.
        WHOLE,
        /// Each rank of a tensor group sends its share, and the receivers gather it; messages between two stages go one
        /// after the other, activations first. Both sides wait.
        SERIAL,
        /// Each rank sends its share while the next pass runs.
        OVERLAPPED;

        /// Whether messages between two stages wait for each other.
        public boolean oneByOne() {
            return this == WHOLE || this == SERIAL;
        }
    }

    /// How weight gradients are accumulated over micro-batches and reduced over replicas.
    ///
    /// @param format of an accumulated gradient, which is also what is reduced
    /// @param fused whether the weight-gradient product adds to the accumulated gradient itself
    public record Gradients(GradientFormat format, boolean fused) {
        /// Traffic per weight and micro-batch of a separate addition: the product is read, the sum read and written.
        double additionBytes(Precision precision) {
            return fused ? 0 : precision.tensorBytes() + 2 * format.bytes(precision);
        }
    }

    /// Format of accumulated gradients.
    public enum GradientFormat {
        /// That of the weights.
        MODEL,
        FP32,
        /// fp32 where the weights are in bf16, whose few digits would lose small gradients; else that of the weights.
        FP32_FOR_BF16;

        /// Bytes of one gradient where products are in a precision.
        public int bytes(Precision precision) {
            int model = precision.tensorBytes();
            return switch (this) {
                case MODEL -> model;
                case FP32 -> 4;
                case FP32_FOR_BF16 -> precision == Precision.BF16 ? 4 : model;
            };
        }
    }
}
