// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.trace;

import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.hardware.kernel.FlashAttention;
import dev.dryrun.hardware.kernel.Gemm;
import dev.dryrun.hardware.kernel.Output;
import dev.dryrun.hardware.kernel.Pass;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Kernels of a trace by shape: matrix products, fused attention, collectives, each with the median of its times.
///
/// Shapes are those of the operators' inputs, so the profile must have been made with `record_shapes=True`. A product
/// of several kernels (a split along K and its sum) counts as one: the kernels of one call are added up.
///
/// @param gemms matrix products
/// @param attentions fused attention in 16 bits; causal where the trace says so or does not say
/// @param collectives by kind, bytes and ranks
/// @param unshapedSeconds GPU time of matrix products and attention whose shape the trace does not tell
public record TracedShapes(
        List<Timed<Gemm>> gemms,
        List<Timed<PassShape>> attentions,
        List<Timed<TracedCollective>> collectives,
        double unshapedSeconds) {
    /// A shape with the median, the lower quartile and the least of the times of its calls.
    public record Timed<T>(T shape, double medianSeconds, double quartileSeconds, double leastSeconds, int calls) {
        /// Of all calls, each taken for the median.
        public double totalSeconds() {
            return calls * medianSeconds;
        }
    }

    /// A pass of fused attention.
    public record PassShape(FlashAttention attention, Pass pass) {}

    private record Call(OpCall op, double seconds) {}

    static TracedShapes of(ProfilerTrace trace) {
        return of(List.of(trace));
    }

    /// Shapes of several ranks or runs on one kind of GPU.
    public static TracedShapes of(List<ProfilerTrace> traces) {
        List<Call> products = new ArrayList<>();
        List<Call> attention = new ArrayList<>();
        List<GpuActivity> activities = new ArrayList<>();
        for (ProfilerTrace trace : traces) {
            products.addAll(calls(trace, GpuUse.GEMM));
            attention.addAll(calls(trace, GpuUse.ATTENTION));
            activities.addAll(trace.activities());
        }
        double unshapedSeconds = activities.stream()
                .filter(one -> (one.use() == GpuUse.GEMM || one.use() == GpuUse.ATTENTION) && one.call() == null)
                .mapToDouble(one -> one.micros() * 1e-6)
                .sum();
        unshapedSeconds += without(products, TracedShapes::gemm) + without(attention, AttentionCall::shape);
        Map<TracedCollective, List<Double>> exchanged = new LinkedHashMap<>();
        for (GpuActivity one : activities) {
            TracedCollective collective = one.collective();
            if (collective != null
                    && collective.bytes() > 0
                    && Double.isFinite(collective.bytes())
                    && collective.groupSize() > 1) {
                exchanged.computeIfAbsent(collective, key -> new ArrayList<>()).add(one.micros() * 1e-6);
            }
        }
        return new TracedShapes(
                timed(products, TracedShapes::gemm),
                timed(attention, AttentionCall::shape),
                medians(exchanged),
                unshapedSeconds);
    }

    /// Kernels of one call run one after the other, with nothing of another call between them.
    @SuppressWarnings("ReferenceEquality") // two calls of one shape are equal, and are not the same call
    private static List<Call> calls(ProfilerTrace trace, GpuUse use) {
        List<Call> calls = new ArrayList<>();
        for (GpuActivity one : trace.activities()) {
            OpCall op = one.call();
            if (one.use() != use || op == null) {
                continue;
            }
            Call last = calls.isEmpty() ? null : calls.getLast();
            if (last != null && last.op() == op) {
                calls.set(calls.size() - 1, new Call(op, last.seconds() + one.micros() * 1e-6));
            } else {
                calls.add(new Call(op, one.micros() * 1e-6));
            }
        }
        return calls;
    }

    private static <T> List<Timed<T>> timed(List<Call> calls, Function<OpCall, Optional<T>> shape) {
        Map<T, List<Double>> seconds = new LinkedHashMap<>();
        for (Call call : calls) {
            shape.apply(call.op())
                    .ifPresent(one -> seconds.computeIfAbsent(one, key -> new ArrayList<>())
                            .add(call.seconds()));
        }
        return medians(seconds);
    }

    private static <T> List<Timed<T>> medians(Map<T, List<Double>> seconds) {
        List<Timed<T>> timed = new ArrayList<>();
        seconds.forEach((shape, all) -> {
            List<Double> sorted = all.stream().sorted().toList();
            timed.add(new Timed<>(
                    shape,
                    sorted.get(sorted.size() / 2),
                    sorted.get(sorted.size() / 4),
                    sorted.getFirst(),
                    sorted.size()));
        });
        return List.copyOf(timed);
    }

    private static <T> double without(List<Call> calls, Function<OpCall, Optional<T>> shape) {
        return calls.stream()
                .filter(call -> shape.apply(call.op()).isEmpty())
                .mapToDouble(Call::seconds)
                .sum();
    }

    /// The product of `aten::mm`, `addmm`, `bmm`, `baddbmm`, `linear` or `_scaled_mm`.
    static Optional<Gemm> gemm(OpCall call) {
        int first = call.name().matches("aten::(addmm|baddbmm)") ? 1 : 0;
        List<Long> left = call.shape(first);
        List<Long> right = call.shape(first + 1);
        Optional<Precision> precision = ElementTypes.precision(call.type(first));
        if (precision.isEmpty() || left.size() < 2 || right.size() < 2) {
            return Optional.empty();
        }
        long k = left.getLast();
        boolean linear = call.name().equals("aten::linear");
        long n = linear ? right.getFirst() : right.getLast();
        if (k != (linear ? right.getLast() : right.get(right.size() - 2))) {
            return Optional.empty();
        }
        boolean batched = right.size() == 3;
        long batch = batched ? left.getFirst() : 1;
        if (n < 1 || k < 1 || batch < 1) {
            return Optional.empty();
        }
        long m = product(left) / k / batch;
        return m < 1 ? Optional.empty() : Optional.of(new Gemm(m, n, k, batch, precision.get(), Output.STORE));
    }

    private static long product(List<Long> sizes) {
        return sizes.stream().reduce(1L, (a, b) -> a * b);
    }
}
