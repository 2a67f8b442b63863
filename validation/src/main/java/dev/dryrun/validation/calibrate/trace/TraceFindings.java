// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.trace;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.strategy.job.Stack;
import dev.dryrun.validation.calibrate.runs.ProductFit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What traces say of an accelerator, a stack and a node.
///
/// @param files names of the traces
/// @param fit to matrix products; null where none has its shape
/// @param residuals of that fit
/// @param stack that the job ran with; null where it was not said
/// @param constants of the stack
/// @param unshapedSeconds GPU time of products and attention whose shapes are not told
record TraceFindings(
        List<String> files,
        Accelerator accelerator,
        @Nullable ProductFit fit,
        List<ProductResidual> residuals,
        AttentionShares attention,
        Optional<HostIssue> host,
        @Nullable Stack stack,
        List<StackConstant> constants,
        List<ComparedCollective> collectives,
        double unshapedSeconds) {
    TraceFindings {
        files = List.copyOf(files);
        residuals = List.copyOf(residuals);
        constants = List.copyOf(constants);
        collectives = List.copyOf(collectives);
    }

    String source() {
        return String.join(", ", files);
    }
}
