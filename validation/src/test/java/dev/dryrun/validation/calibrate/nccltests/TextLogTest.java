// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.nccltests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class TextLogTest {
    /// A release of 2025, a process for each GPU, two hosts.
    private static final String NEW = """
        # nccl-tests version 2.17.6 nccl-headers=22807 nccl-library=22807
        # Collective test starting: all_reduce_perf
        # nThread 1 nGpus 1 minBytes 1024 maxBytes 4096 step: 2(factor) warmup iters: 1 iters: 20 agg iters: 1 validation: 1 graph: 0
        #
        # Using devices
        #  Rank  0 Group  0 Pid    653 on    host-11 device  0 [0000:06:00] NVIDIA H100 80GB HBM3
        #  Rank  1 Group  0 Pid    641 on    host-12 device  0 [0000:06:00] NVIDIA H100 80GB HBM3
        NCCL version 2.28.7+cuda13.0
        #
        #                                                              out-of-place                       in-place
        #       size         count      type   redop    root     time   algbw   busbw #wrong     time   algbw   busbw #wrong
        #        (B)    (elements)                               (us)  (GB/s)  (GB/s)            (us)  (GB/s)  (GB/s)
                1024           256     float     sum      -1    36.95    0.03    0.05      0    34.17    0.03    0.06      0
                2048           512     float     sum      -1    40773    0.06    0.11      0    36.25    0.06    0.11    N/A
                4096          1024     float     sum      -1    41.34    0.10    0.19      3    41.01    0.10    0.19      0
        # Out of bounds values : 3 FAILED
        # Avg bus bandwidth    : 0.1
        #
        # Collective test concluded: all_reduce_perf
        """;

    /// A release of 2019: no group, no root, an operation left blank, deviations in place of counts.
    private static final String OLD = """
        $ ./build/all_gather_perf -b 8 -e 16 -f 2 -g 2
        # nThread 1 nGpus 2 minBytes 8 maxBytes 16 step: 2(factor) warmup iters: 5 iters: 20 validation: 1
        #
        # Using devices
        #   Rank  0 Pid  25892 on    dgx device  0 [0x07] Tesla V100-SXM2-32GB
        #   Rank  1 Pid  25892 on    dgx device  1 [0x0f] Tesla V100-SXM2-32GB
        #
        #                                                     out-of-place                       in-place
        #       size         count    type   redop     time   algbw   busbw  error     time   algbw   busbw  error
        #        (B)    (elements)                     (us)  (GB/s)  (GB/s)            (us)  (GB/s)  (GB/s)
                   8             1   float            13.46    0.00    0.00  0e+00    13.15    0.00    0.00  2e-07
                  16             2   float            12.79    0.00    0.00  0e+00    12.54    0.00    0.00    N/A
        # Out of bounds values : 0 OK
        # Avg bus bandwidth    : 0.0
        """;

    private final List<String> notes = new ArrayList<>();

    private List<BenchmarkRun> read(String text) {
        return TextLog.read("a.log", text, notes);
    }

    private static List<Double> micros(BenchmarkRun run) {
        return run.samples().stream()
                .map(sample -> Math.round(1e8 * sample.seconds()) / 100.0)
                .toList();
    }

    @Test
    void readsATableOfANewRelease() {
        BenchmarkRun run = read(NEW).getFirst();
        assertEquals("all_reduce", run.collective());
        assertEquals(2, run.at().line());
        assertEquals(1, run.gpusOfProcess());
        assertEquals(
                List.of(
                        new Member(0, 0, 653, "host-11", 0, "NVIDIA H100 80GB HBM3"),
                        new Member(1, 0, 641, "host-12", 0, "NVIDIA H100 80GB HBM3")),
                run.members());
        assertEquals(List.of(36.95, 40773.0, 41.34), micros(run));
        assertEquals(34.17e-6, run.samples().getFirst().inPlaceSeconds().orElseThrow(), 1e-12);
        assertEquals(
                List.of(0.0, 0.0, 3.0),
                run.samples().stream().map(Sample::wrongElements).toList());
        assertEquals(13, run.samples().getFirst().at().line());
        assertTrue(run.complete());
        assertEquals(List.of("a.log:16:1: 3 values are out of bounds by the benchmark's own check"), notes);
    }

    @Test
    void readsATableOfAnOldRelease() {
        BenchmarkRun run = read(OLD).getFirst();
        assertEquals("all_gather", run.collective());
        assertEquals(2, run.gpusOfProcess());
        assertEquals(2, run.members().size());
        assertEquals("Tesla V100-SXM2-32GB", run.members().get(1).product());
        assertEquals(List.of(13.46, 12.79), micros(run));
        assertEquals(0, run.samples().getFirst().wrongElements());
        assertEquals(List.of(), notes);
    }

    @Test
    void readsTablesBehindWhatLaunchersWrite() {
        for (String prefix : List.of(
                "[1,0]<stdout>:",
                "[1,12]<stdout>: ",
                "[prterun-host-11-653@1,0]<stdout>: ",
                "Fri May  1 10:00:00 2026<stdout>:",
                " 0: ",
                "2026-05-01T10:00:00.1Z stdout F ")) {
            String text = NEW.lines().map(line -> prefix + line).collect(Collectors.joining("\n"));
            assertEquals(read(NEW), read(text), prefix);
        }
        String host = NEW.lines()
                .map(line -> line.matches("\\s*[#\\d].*") ? "node-7: " + line : line)
                .collect(Collectors.joining("\r\n"));
        assertEquals(read(NEW), read(host));
    }

    /// Between lines, and within one, where a library prints before the time is known.
    @Test
    void readsTablesWithOtherOutputBetween() {
        String noise = "host-11:653:701 [0] NCCL INFO Channel 00/24 : 0 1 [send] via NET/IB/0";
        String between = NEW.replace("\n", "\n" + noise + "\n");
        assertEquals(micros(read(NEW).getFirst()), micros(read(between).getFirst()));
        String within = NEW.replace("sum      -1    36.95", "sum      -1" + noise + "\n    36.95");
        assertEquals(micros(read(NEW).getFirst()), micros(read(within).getFirst()));
    }

    @Test
    void readsSeveralRunsOfAFile() {
        List<BenchmarkRun> runs = read(OLD + NEW + OLD);
        assertEquals(
                List.of("all_gather", "all_reduce", "all_gather"),
                runs.stream().map(BenchmarkRun::collective).toList());
        assertEquals(
                List.of(2, 3, 2), runs.stream().map(run -> run.samples().size()).toList());
    }

    @Test
    void whatIsThereOfACutOffLogCounts() {
        String cut = NEW.substring(0, NEW.indexOf("    0.10    0.19      3"));
        BenchmarkRun run = read(cut).getFirst();
        assertEquals(List.of(36.95, 40773.0), micros(run));
        assertFalse(run.complete());
        assertEquals(
                List.of(
                        "a.log:15:1: left out: this row is cut off",
                        "a.log:2:1: this run has no end; its 2 sizes count"),
                notes);
    }

    @Test
    void aLogWithoutItsHeadHasTimesButNoRanks() {
        String tail = NEW.substring(NEW.indexOf("        2048"));
        BenchmarkRun run = read(tail).getFirst();
        assertEquals("", run.collective());
        assertEquals(List.of(), run.members());
        assertEquals(List.of(40773.0, 41.34), micros(run));
    }

    @Test
    void timesOfDayEndRowsWhereTheTitleSaysSo() {
        String stamped = NEW.replace("busbw #wrong\n", "busbw #wrong            timestamp\n")
                .replace("      0\n", "      0  2026-04-19 03:04:47\n")
                .replace("    N/A\n", "    N/A  2026-04-19 03:04:48\n");
        BenchmarkRun run = read(stamped).getFirst();
        assertEquals(List.of(36.95, 40773.0, 41.34), micros(run));
        assertEquals("2026-04-19", run.date());
    }

    /// Damaged logs give fewer rows and notes, and no failure.
    @RepeatedTest(100)
    void damagedLogsDoNoHarm(RepetitionInfo repetition) {
        var random = new SplittableRandom(repetition.getCurrentRepetition());
        var text = new StringBuilder(NEW + OLD);
        for (int i = 0; i < 30; i++) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(3)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, (char) random.nextInt(1, 127));
                default -> text.insert(at, "99999999999999999999");
            }
        }
        read(text.toString()).forEach(run -> run.samples().forEach(sample -> assertTrue(sample.seconds() > 0)));
    }
}
