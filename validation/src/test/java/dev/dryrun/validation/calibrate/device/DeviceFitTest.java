// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.validation.train.Circumstance;
import dev.dryrun.validation.train.ExchangeTime;
import dev.dryrun.validation.train.MeasuredOn;
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
        var here = new MeasuredOn(ProbeFile.SCHEMA, "cpu", Map.of("cores", "2"));
        Path file = folder.resolve("cpu.measured.json");
        ProbeFile written = ProbeFile.read(file, here)
                .with(probe)
                .with(List.of(new ExchangeTime(CollectiveKind.SEND_RECV, 4096, 12, 2e-4, 1e-4)));
        written.write(file);
        assertEquals(written, ProbeFile.read(file, here));
        assertEquals(List.of(probe), written.of(Circumstance.FP32, ProbePlan.ALL));
        assertEquals(List.of(), written.of(Circumstance.FP32, ProbePlan.ALL.subList(1, 4)));
    }

    /// What a step takes beside: 2 ms, and 10 us a kernel; never less than nothing, whatever was measured.
    @Test
    void whatIsLeftOfAStepIsALineThatIsNotNegative() {
        Beside both = Beside.of(List.of(left(50, 2.5e-3), left(100, 3e-3)));
        assertEquals(10e-6, both.perKernelSeconds(), 1e-12);
        assertEquals(2e-3, both.perStepSeconds(), 1e-12);
        Beside falling = Beside.of(List.of(left(50, 3e-3), left(100, 1e-3)));
        assertEquals(0, falling.perKernelSeconds());
        assertEquals(2e-3, falling.perStepSeconds(), 1e-12);
        Beside same = Beside.of(List.of(left(50, 3e-3), left(50, 1e-3)));
        assertEquals(0, same.perKernelSeconds());
        assertEquals(2e-3, same.perStepSeconds(), 1e-12);
        Beside throughNothing = Beside.of(List.of(left(50, 1e-4), left(100, 1e-3)));
        assertEquals(0, throughNothing.perStepSeconds());
        // 50 and 100 kernels: the slope through nothing is (50 * 1e-4 + 100 * 1e-3) / (50^2 + 100^2).
        assertEquals(0.105 / 12_500, throughNothing.perKernelSeconds(), 1e-12);
    }

    private static Probe left(int kernels, double leftSeconds) {
        var timed = new Probe.Timed(0, "norm", "64x2x64", "forward", kernels, 1e-4);
        return new Probe(ProbePlan.ALL.getFirst(), kernels * 1e-4 + leftSeconds, 1, List.of(timed));
    }

    /// Two ranks took 1 ms longer together, in the mean, than the same exchange took alone.
    @Test
    void meetingIsWhatExchangesTakeInTrainingsBeyondThemselves() {
        ExchangeFit alone = ExchangeFit.of(List.of(
                new ExchangeTime(CollectiveKind.ALL_REDUCE, 1024, 12, 2e-4, 2e-4),
                new ExchangeTime(CollectiveKind.ALL_REDUCE, 1 << 20, 12, 2e-3, 2e-3)));
        double seconds = alone.seconds(CollectiveKind.ALL_REDUCE, 1024);
        var probe = new Probe(
                ProbePlan.ALL.getFirst(),
                0.03,
                1,
                List.of(
                        new Probe.Timed(0, "all-reduce tensor", "1024", "neither", 4, seconds + 0.5e-3),
                        new Probe.Timed(1, "all-reduce tensor", "1024", "neither", 4, seconds + 1.5e-3)));
        assertEquals(1e-3, Meeting.seconds(List.of(probe), alone), 1e-9);
        assertEquals(0, Meeting.seconds(List.of(probe), ExchangeFit.of(List.of())));
        assertEquals(0, Meeting.seconds(List.of(), alone));
    }
}
