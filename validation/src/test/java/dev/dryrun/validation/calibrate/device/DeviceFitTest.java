// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.validation.train.ExchangeTime;
import dev.dryrun.validation.train.SmallJob;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Times made by the models themselves, with constants that the searches do not begin at.
class DeviceFitTest {
    @TempDir
    private Path folder;

    /// Matrix products of three models at 60 GFLOP/s and 20 us a call are found again within 2 %.
    @Test
    void productsGiveTheirRate() {
        List<Probe> probes = new ArrayList<>();
        for (SmallJob job : List.of(
                SmallJob.of(2, 64, 4, 256, 64, 2, 2),
                SmallJob.of(1, 256, 4, 512, 128, 4, 1),
                SmallJob.of(1, 512, 8, 512, 128, 2, 1))) {
            long tokens = (long) job.microBatch() * job.sequence();
            List<Probe.Timed> kernels = new ArrayList<>();
            for (String[] product :
                    new String[][] {{"qkv", "3", "1"}, {"projection", "1", "1"}, {"mlp up", "4", "1"}}) {
                long outputs = Long.parseLong(product[1]) * job.hidden();
                double flops = 2.0 * tokens * outputs * job.hidden();
                String shape = tokens + "x" + outputs + "x" + job.hidden();
                kernels.add(new Probe.Timed(0, product[0], shape, "forward", 1, 20e-6 + flops / 60e9));
            }
            double step = kernels.stream().mapToDouble(Probe.Timed::seconds).sum();
            probes.add(new Probe(job, step, 0, kernels));
        }
        DeviceFit fit = DeviceFit.of(probes, false);
        assertEquals(9, fit.kernels());
        double error = fit.errors().get("products");
        assertTrue(error < 2, () -> fit.errors().toString());
    }

    /// A stopped calibration goes on from its file: what was measured is read back as it was, kernels of one number
    /// too.
    @Test
    void measurementsAreReadBackAsTheyWere() {
        List<Probe.Timed> kernels = List.of(
                new Probe.Timed(0, "loss", "", "forward", 2, 1.5e-4),
                new Probe.Timed(0, "mlp up", "128x256x64", "backward", 4, 2e-3));
        var probe = new Probe(ProbePlan.ALL.getFirst(), 0.03, 1 << 20, kernels);
        ProbeFile written = ProbeFile.empty("cpu")
                .with(probe, Map.of("cores", "2"))
                .with(List.of(new ExchangeTime(CollectiveKind.SEND_RECV, 4096, 12, 2e-4, 1e-4)));
        Path file = folder.resolve("cpu.measured.json");
        written.write(file);
        assertEquals(written, ProbeFile.read(file, "cpu"));
    }
}
