// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.strategy.job.Site;
import dev.dryrun.validation.calibrate.nccltests.BenchmarkLogs;
import dev.dryrun.validation.published.collective.table.MeasuredCollective.Launch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteCalibrationTest {
    /// The example of docs/calibrate.md: times of the model with 11 us a message, 45 us a bulk step and 0.80 of the
    /// line rate, 3 % of noise.
    private static final Path EXAMPLE = Path.of("../examples/nccl-tests/two-h100-nodes.log");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final RoomOptions options = new RoomOptions();

    @TempDir
    private Path folder;

    private int run(Path... logs) {
        return new SiteCalibration(new PrintStream(out), new PrintStream(err)).run(List.of(logs), options);
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private void example() {
        options.cluster = "hgx-h100*2";
        options.fabric = "rail-optimised";
        options.date = "2026-11-25";
        options.write = folder.resolve("sites/my-room.yaml");
    }

    @Test
    void theExampleGivesASiteThatTheCatalogReads() {
        example();
        assertEquals(0, run(EXAMPLE), this::errors);
        var problems = new Problems();
        Document document = new Catalog(List.of(folder)).find("sites", "my-room", problems);
        Site site = Site.read(Objects.requireNonNull(document).root());
        problems.throwIfAny();
        assertEquals("my-room", site.name());
        assertEquals("nccl", site.library().library());
        assertTrue(site.library().links().containsKey("nvlink4"));
        assertTrue(site.network().ringEfficiency().orElseThrow() < 0.85);
        assertTrue(site.network().messageLatencySeconds().isPresent());
        assertTrue(document.text().contains("source: \"nccl-tests logs two-h100-nodes.log\"\ndate: \"2026-11-25\"\n"));
        assertTrue(document.text().contains("status: fitted"));
    }

    @Test
    void theSameLogsGiveTheSameBytes() {
        example();
        options.write = null;
        run(EXAMPLE);
        String first = out.toString(StandardCharsets.UTF_8);
        out.reset();
        run(EXAMPLE);
        assertEquals(first, out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aFileThatIsThereIsOverwrittenOnlyByForce() throws IOException {
        example();
        Files.createDirectories(folder.resolve("sites"));
        Files.writeString(options.write, "mine");
        assertEquals(2, run(EXAMPLE));
        assertEquals(
                options.write + ":1:1: the file is there already, but must not be overwritten unasked. Maybe --force.",
                errors().strip());
        assertEquals("mine", Files.readString(options.write));
        options.force = true;
        assertEquals(0, run(EXAMPLE), this::errors);
        assertTrue(Files.readString(options.write).contains("ring_efficiency"));
        try (Stream<Path> files = Files.list(folder.resolve("sites"))) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void aChoiceOfNodesIsLeftToTheUser() {
        assertEquals(2, run(EXAMPLE));
        assertTrue(
                errors().contains(EXAMPLE + ":4:1: a node of 8 x NVIDIA H100 80GB HBM3 is that of several:"), errors());
        assertTrue(errors().contains("--cluster"), errors());
    }

    @Test
    void aWrongNameOrDateIsTold() {
        options.name = "my room";
        assertEquals(2, run(EXAMPLE));
        assertEquals(
                "command line: --name is \"my room\", but must be letters, digits, dots and dashes.", errors().strip());
        err.reset();
        options.name = null;
        options.cluster = "hgx-h100*2";
        options.date = "yesterday";
        assertEquals(2, run(EXAMPLE));
        assertTrue(errors().contains("--date is \"yesterday\""), errors());
    }

    @Test
    void nodesThatAreTooSmallAreTold() {
        options.cluster = "box-4x-h100-nvl*2";
        assertEquals(2, run(EXAMPLE));
        assertTrue(errors().contains("on 2 hosts of 8 GPUs, but does not fit on nodes of 4"), errors());
    }

    /// Where each process sees one GPU, without MPI, eight tables of one rank are all there is.
    @Test
    void aRunOfOneGpuIdentifiesNothing() throws IOException {
        String log = Files.readString(EXAMPLE)
                .lines()
                .filter(line -> !line.contains(" Rank ") || line.contains("Rank  0 "))
                .reduce("", (text, line) -> text + line + "\n");
        Path file = Files.writeString(folder.resolve("alone.log"), log);
        options.cluster = "hgx-h100*2";
        assertEquals(1, run(file));
        assertTrue(errors().contains("left out: it has one GPU"), errors());
    }

    /// Trays of four GPUs are parts of a domain of 72.
    @Test
    void traysOfARackAreOneNode() throws IOException {
        Machine machine = SiteFitTest.machine("gb200-nvl72*1");
        assertTrue(machine.node().gpus() > 8);
        String log = LogMaker.log(
                "all_gather", 18, 4, Launch.MPI, "NVIDIA GB200", List.of(new double[] {1 << 30, 3000, 3000}));
        var notes = new ArrayList<String>();
        var problems = new Problems();
        Path file = Files.writeString(folder.resolve("rack.log"), log);
        var runs = BenchmarkLogs.read(List.of(file), null, problems).runs();
        SiteSeries series =
                new RunMapping(machine, problems, notes).evidence(runs).series().getFirst();
        assertEquals(1, series.nodes());
        assertEquals(72, series.gpus().stream().distinct().count());
    }
}
