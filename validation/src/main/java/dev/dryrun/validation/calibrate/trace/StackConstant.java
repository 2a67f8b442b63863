// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.trace;

import dev.dryrun.hardware.kernel.Pass;
import dev.dryrun.strategy.job.Stack;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// A constant of a software stack as traces have it.
///
/// @param name as the stack's file has it
/// @param value a share of the 16-bit peak, or seconds
/// @param ofStack the same in the stack that was named; empty without one, or where it has none
/// @param refusal why it is not written; empty where it is
record StackConstant(String name, double value, OptionalDouble ofStack, String refusal) {
    static final String HOST = "host_per_kernel";
    private static final double LEAST_SHARE = 1e-4;
    private static final String NO_STACK = "--stack NAME, the stack that the job ran with, has it written";

    boolean written() {
        return refusal.isEmpty();
    }

    boolean isTime() {
        return name.equals(HOST);
    }

    /// @param stack that the job ran with; null where it was not said
    static List<StackConstant> of(@Nullable Stack stack, AttentionShares attention, Optional<HostIssue> host) {
        List<StackConstant> constants = new ArrayList<>();
        for (Pass pass : Pass.values()) {
            attention.ofPeak(pass).ifPresent(share -> constants.add(attention(stack, pass, share)));
        }
        host.ifPresent(issue -> constants.add(host(stack, issue)));
        return List.copyOf(constants);
    }

    private static StackConstant attention(@Nullable Stack stack, Pass pass, double share) {
        String name = switch (pass) {
            case FORWARD -> "flash_forward_of_peak";
            case BACKWARD -> "flash_backward_of_peak";
        };
        if (stack == null) {
            return new StackConstant(name, share, OptionalDouble.empty(), NO_STACK);
        }
        if (stack.attention() != Stack.Attention.FLASH) {
            String refusal = stack.name() + " has no fused attention";
            return new StackConstant(name, share, OptionalDouble.empty(), refusal);
        }
        double catalog = switch (pass) {
            case FORWARD -> stack.flashForwardOfPeak();
            case BACKWARD -> stack.flashBackwardOfPeak();
        };
        boolean isShare = share >= LEAST_SHARE && share <= 1;
        return new StackConstant(name, share, OptionalDouble.of(catalog), isShare ? "" : "no share from 0.0001 to 1");
    }

    private static StackConstant host(@Nullable Stack stack, HostIssue issue) {
        double seconds = issue.meanSeconds();
        if (stack == null) {
            return new StackConstant(HOST, seconds, OptionalDouble.empty(), NO_STACK);
        }
        double catalog = stack.hostSecondsPerKernel();
        String refusal =
                seconds < catalog ? "" : "not below that of " + stack.name() + ", and the profiler's own cost is in it";
        return new StackConstant(HOST, seconds, OptionalDouble.of(catalog), refusal);
    }
}
