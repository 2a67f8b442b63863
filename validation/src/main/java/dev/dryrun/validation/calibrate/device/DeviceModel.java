// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.device;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.accelerator.AttentionCurve;
import dev.dryrun.hardware.accelerator.Calibration;
import dev.dryrun.hardware.accelerator.GemmCalibration;
import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.hardware.kernel.FlashAttention;
import dev.dryrun.hardware.kernel.Gemm;
import dev.dryrun.hardware.kernel.KernelModel;
import dev.dryrun.hardware.kernel.Output;
import dev.dryrun.hardware.kernel.Pass;
import dev.dryrun.validation.drawn.DrawnModel;
import dev.dryrun.validation.train.SmallJob;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// What constants of a device predict for the kernels of its probes: logarithms of seconds.
///
/// A core is an accelerator of one compute unit. Each kernel of the trainer is what the simulator has in its place: the
/// backward pass of a product two products, the embedding the rows of the table and those of the positions.
record DeviceModel(List<Row> rows, Precision precision) implements DrawnModel {
    private static final double SPREAD = 1.5;
    private static final double RESIDUAL_FORWARD = 10;
    private static final double LARGE = 1e18;

    /// A kernel of a probe.
    record Row(SmallJob job, Probe.Timed timed) {}

    @Override
    public int parameters() {
        return DeviceConstant.values().length;
    }

    @Override
    public double[][] at(List<double[]> sets) {
        return sets.stream().map(this::logSeconds).toArray(double[][]::new);
    }

    private double[] logSeconds(double[] logs) {
        KernelModel kernels = kernels(logs);
        return rows.stream()
                .mapToDouble(row -> Math.log(seconds(row, kernels, logs)))
                .toArray();
    }

    double seconds(Row row, KernelModel kernels, double[] logs) {
        Probe.Timed of = row.timed();
        boolean back = of.backward();
        return switch (of.name()) {
            case "norm" ->
                moves(
                        kernels,
                        logs,
                        of.size(),
                        (back ? DeviceConstant.NORM_BACKWARD : DeviceConstant.NORM_FORWARD).in(logs));
            case "residual" ->
                moves(kernels, logs, of.size(), back ? DeviceConstant.RESIDUAL_BACKWARD.in(logs) : RESIDUAL_FORWARD);
            case "activate" ->
                moves(
                        kernels,
                        logs,
                        of.size(),
                        (back ? DeviceConstant.ACTIVATION_BACKWARD : DeviceConstant.ACTIVATION_FORWARD).in(logs));
            case "loss" ->
                moves(
                        kernels,
                        logs,
                        (double) row.job().tokens() * row.job().vocabulary(),
                        (back ? DeviceConstant.LOSS_BACKWARD : DeviceConstant.LOSS_FORWARD).in(logs));
            case "embedding" ->
                moves(
                        kernels,
                        logs,
                        of.size(),
                        (back ? DeviceConstant.EMBEDDING_BACKWARD : DeviceConstant.EMBEDDING_FORWARD).in(logs));
            case "optimizer" -> kernels.bytesSeconds(of.size() * DeviceConstant.OPTIMIZER.in(logs));
            case "gradient norm" -> kernels.bytesSeconds(of.size() * DeviceConstant.GRADIENT_NORM.in(logs));
            case "publish" -> kernels.bytesSeconds(of.size() * DeviceConstant.PUBLISH.in(logs));
            case "attend" -> attention(row, kernels, logs);
            default -> product(of, kernels);
        };
    }

    private double product(Probe.Timed of, KernelModel kernels) {
        long[] sides = of.sides();
        if (!of.backward()) {
            return kernels.gemmSeconds(Gemm.of(sides[0], sides[1], sides[2], precision));
        }
        return kernels.gemmSeconds(Gemm.of(sides[0], sides[2], sides[1], precision))
                + kernels.gemmSeconds(new Gemm(sides[1], sides[2], sides[0], 1, precision, Output.ACCUMULATE_FP32));
    }

    private double attention(Row row, KernelModel kernels, double[] logs) {
        SmallJob job = row.job();
        boolean back = row.timed().backward();
        long heads = job.heads() / job.tensor();
        long width = job.hidden() / job.heads();
        long length = job.sequence();
        if (job.fused()) {
            return kernels.flashSeconds(
                    FlashAttention.causal(job.microBatch(), length, heads, width),
                    back ? Pass.BACKWARD : Pass.FORWARD,
                    (back ? DeviceConstant.FLASH_BACKWARD : DeviceConstant.FLASH_FORWARD).in(logs));
        }
        long batch = job.microBatch() * heads;
        double scores = kernels.gemmSeconds(new Gemm(length, length, width, batch, precision, Output.STORE));
        double weighted = kernels.gemmSeconds(new Gemm(length, width, length, batch, precision, Output.STORE));
        double softmax = moves(
                kernels,
                logs,
                (double) batch * length * length,
                (back ? DeviceConstant.SCORES_BACKWARD : DeviceConstant.SCORES_FORWARD).in(logs));
        return (back ? scores + 3 * weighted : scores + weighted) + softmax;
    }

    private double moves(KernelModel kernels, double[] logs, double elements, double bytesPerElement) {
        return kernels.bytesSeconds(elements * bytesPerElement * precision.tensorBytes() / 2)
                + DeviceConstant.LATENCY.in(logs);
    }

    /// Kernels of a core with these constants.
    KernelModel kernels(double[] logs) {
        double rate = DeviceConstant.RATE.in(logs);
        double stream = DeviceConstant.STREAM.in(logs);
        double bandwidth = Math.max(stream, DeviceConstant.OPERANDS.in(logs));
        var gemm = new GemmCalibration(
                Map.of(precision, rate, Precision.FP16, rate),
                1,
                OptionalDouble.empty(),
                DeviceConstant.STORE.in(logs),
                DeviceConstant.ACCUMULATE.in(logs),
                DeviceConstant.OPERANDS.in(logs) / bandwidth,
                0,
                1,
                1,
                DeviceConstant.GAP.in(logs),
                1,
                1,
                rate);
        return new KernelModel(
                new Accelerator(
                        "cpu",
                        "cpu",
                        "",
                        1,
                        (long) LARGE,
                        (long) LARGE,
                        bandwidth,
                        stream / bandwidth,
                        Map.of(precision, rate, Precision.FP16, rate),
                        gemm,
                        new AttentionCurve(DeviceConstant.HALF_LENGTH.in(logs), 0, 0),
                        0,
                        new Calibration.Sheet("cpu", "nothing"),
                        Map.of()),
                1);
    }

    @Override
    public double drawnTo(double[] set, int parameter) {
        return 0;
    }

    @Override
    public double spread(int parameter) {
        return SPREAD;
    }
}
