// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.job;

import dev.dryrun.strategy.job.Stack.PipelineTransfers;
import dev.dryrun.strategy.job.Stack.TensorOverlap;

/// A stack that is being changed; [#stack] is the changed one.
public final class StackDraft {
    private final Stack from;
    private ElementwiseTraffic traffic;
    private ExpertKernels experts;
    private TensorOverlap tensorOverlap;
    private double tensorSlowdown;
    private PipelineTransfers pipelineTransfers;
    private boolean dataOverlap;
    private double dataSlowdown;
    private double optimizerReplicatedBytes;
    private double optimizerShardedBytes;
    private double optimizerLocalBytes;
    private double hostSecondsPerKernel;
    private boolean hostAwaitsParts;
    private double meetingSeconds;

    StackDraft(Stack from) {
        this.from = from;
        traffic = from.traffic();
        experts = from.experts();
        tensorOverlap = from.tensorOverlap();
        tensorSlowdown = from.tensorSlowdown();
        pipelineTransfers = from.pipelineTransfers();
        dataOverlap = from.dataOverlap();
        dataSlowdown = from.dataSlowdown();
        optimizerReplicatedBytes = from.optimizerReplicatedBytes();
        optimizerShardedBytes = from.optimizerShardedBytes();
        optimizerLocalBytes = from.optimizerLocalBytes();
        hostSecondsPerKernel = from.hostSecondsPerKernel();
        hostAwaitsParts = from.hostAwaitsParts();
        meetingSeconds = from.meetingSeconds();
    }

    /// The changed stack.
    public Stack stack() {
        return new Stack(
                from.name(),
                from.attention(),
                from.flashForwardOfPeak(),
                from.flashBackwardOfPeak(),
                traffic,
                experts,
                from.gradients(),
                tensorOverlap,
                tensorSlowdown,
                pipelineTransfers,
                dataOverlap,
                dataSlowdown,
                from.bucketParameters(),
                optimizerReplicatedBytes,
                optimizerShardedBytes,
                optimizerLocalBytes,
                hostSecondsPerKernel,
                from.byteBoundSeconds(),
                hostAwaitsParts,
                from.stepOverheadSeconds(),
                from.inSwitchReduction(),
                meetingSeconds,
                from.tuner(),
                from.flopConvention(),
                from.memory());
    }

    /// With other bytes moved by byte-bound kernels.
    public StackDraft traffic(ElementwiseTraffic bytes) {
        traffic = bytes;
        return this;
    }

    /// With hosts that issue whatever they are asked to in no time, all at once.
    public StackDraft instantHost() {
        hostSecondsPerKernel = 0;
        experts = experts.issuedAtOnce();
        hostAwaitsParts = false;
        meetingSeconds = 0;
        return this;
    }

    /// With every communication waited for, but where a schedule is defined by sending beside the next pass.
    public StackDraft withoutOverlap() {
        tensorOverlap = TensorOverlap.NONE;
        dataOverlap = false;
        pipelineTransfers =
                pipelineTransfers == PipelineTransfers.OVERLAPPED ? PipelineTransfers.SCATTERED : pipelineTransfers;
        return this;
    }

    /// With kernels that lose nothing to the communication beside them.
    public StackDraft withoutSlowdown() {
        tensorSlowdown = 0;
        dataSlowdown = 0;
        return this;
    }

    /// With an optimizer step that moves nothing.
    public StackDraft freeOptimizer() {
        optimizerReplicatedBytes = 0;
        optimizerShardedBytes = 0;
        optimizerLocalBytes = 0;
        return this;
    }
}
