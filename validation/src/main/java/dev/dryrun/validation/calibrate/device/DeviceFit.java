// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.device;

import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.hardware.kernel.KernelModel;
import dev.dryrun.validation.drawn.AbsoluteErrorFit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The constants of a device under one circumstance, and what a step takes beside its kernels.
///
/// A kernel counts by the share of its probe's time that it takes.
///
/// @param logs of constants over where their search began
/// @param betweenSeconds between two kernels, in the trainer's own bookkeeping
/// @param aroundSeconds of a step beside
/// @param errors mean absolute error of kernels by name, in percent of their time
record DeviceFit(double[] logs, double betweenSeconds, double aroundSeconds, Map<String, Double> errors, int kernels) {
    private static final double WEIGHT = 500;
    static final Set<String> PRODUCTS = Set.of("qkv", "projection", "mlp up", "mlp down", "head");
    private static final Set<String> OTHERS = Set.of(
            "norm", "residual", "activate", "loss", "embedding", "optimizer", "gradient norm", "publish", "attend");

    double value(DeviceConstant constant) {
        return constant.in(logs);
    }

    static DeviceFit of(List<Probe> probes, boolean bf16) {
        List<DeviceModel.Row> rows = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        for (Probe probe : probes) {
            for (Probe.Timed timed : joined(probe)) {
                rows.add(new DeviceModel.Row(probe.job(), timed));
                shares.add(timed.calls() * timed.seconds() / probe.stepSeconds() / probes.size());
            }
        }
        var model = new DeviceModel(rows, bf16 ? Precision.BF16 : Precision.FP32);
        double[] measured = rows.stream()
                .mapToDouble(row -> Math.log(row.timed().seconds()))
                .toArray();
        double[] weights = shares.stream().mapToDouble(share -> WEIGHT * share).toArray();
        double[] logs = new AbsoluteErrorFit(model, measured, weights).from(new double[DeviceConstant.values().length]);
        Beside beside = Beside.of(probes);
        return new DeviceFit(
                logs, beside.perKernelSeconds(), beside.perStepSeconds(), errors(model, logs), rows.size());
    }

    /// Kernels that the model knows, those of the positions added to those of the embedding. The loss of a tensor group
    /// is another one, with exchanges inside.
    private static List<Probe.Timed> joined(Probe probe) {
        List<Probe.Timed> kernels = new ArrayList<>();
        for (Probe.Timed timed : probe.kernels()) {
            boolean known = PRODUCTS.contains(timed.name()) || OTHERS.contains(timed.name());
            boolean otherLoss =
                    probe.job().tensor() > 1 && Set.of("loss", "embedding").contains(timed.name());
            if (!known || otherLoss || timed.rank() > 0) {
                continue;
            }
            double positions = timed.name().equals("embedding")
                    ? probe.kernels().stream()
                            .filter(other -> other.name().equals("positions")
                                    && other.rank() == 0
                                    && other.pass().equals(timed.pass()))
                            .mapToDouble(Probe.Timed::seconds)
                            .sum()
                    : 0;
            kernels.add(new Probe.Timed(
                    0, timed.name(), timed.shape(), timed.pass(), timed.calls(), timed.seconds() + positions));
        }
        return kernels;
    }

    private static Map<String, Double> errors(DeviceModel model, double[] logs) {
        KernelModel kernels = model.kernels(logs);
        Map<String, Double> wrong = new TreeMap<>();
        Map<String, Double> all = new TreeMap<>();
        for (DeviceModel.Row row : model.rows()) {
            Probe.Timed timed = row.timed();
            String kind = PRODUCTS.contains(timed.name()) ? "products" : timed.name();
            double error = Math.abs(model.seconds(row, kernels, logs) - timed.seconds());
            wrong.merge(kind, timed.calls() * error, Double::sum);
            all.merge(kind, timed.calls() * timed.seconds(), Double::sum);
        }
        wrong.replaceAll((kind, seconds) -> 100 * seconds / all.getOrDefault(kind, 1.0));
        return wrong;
    }
}
