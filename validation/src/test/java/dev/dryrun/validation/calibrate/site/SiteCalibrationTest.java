// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.hardware.topology.Fabric;
import dev.dryrun.hardware.topology.NetworkClass;
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
import java.util.Map;
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

    /// A name that YAML would take for a number, a flag or nothing stays a name; the file is one that its group may
    /// read, where new files are.
    @Test
    void anyNameIsReadBackAndTheFileIsLikeOthers() throws IOException {
        example();
        options.name = "null";
        assertEquals(0, run(EXAMPLE), this::errors);
        assertTrue(Files.readString(options.write).contains("name: \"null\"\n"));
        Path other = Files.writeString(folder.resolve("other"), "");
        assertEquals(Files.getPosixFilePermissions(other), Files.getPosixFilePermissions(options.write));
    }

    @Test
    void aSiteIsNotWrittenAsJson() {
        example();
        options.write = folder.resolve("my-room.json");
        assertEquals(2, run(EXAMPLE));
        assertEquals(
                options.write + ":1:1: the file is \"my-room.json\", but must end in .yaml, as a site is written so."
                        + " Maybe my-room.yaml.",
                errors().strip());
    }

    @Test
    void aDayThatNoCalendarHasIsTold() {
        options.cluster = "hgx-h100*2";
        options.date = "2026-13";
        assertEquals(2, run(EXAMPLE));
        assertTrue(errors().contains("--date is \"2026-13\""), errors());
    }

    @Test
    void hostsWithoutANetworkBetweenThemAreTold() {
        options.cluster = "hgx-h100";
        assertEquals(2, run(EXAMPLE));
        assertEquals(2, errors().split("Maybe --cluster hgx-h100\\*2[.]", -1).length - 1, errors());
    }

    /// Two hosts of a server's kind are two nodes however few GPUs they used; a rack is many hosts.
    @Test
    void hostsOfPartsOfServersAreNodesOfTheirOwn() throws IOException {
        Path half = folder.resolve("half.log");
        List<double[]> row = List.of(new double[] {1 << 30, 3000, 3000});
        Files.writeString(half, LogMaker.log("all_gather", 2, 4, Launch.MPI, "NVIDIA H100 80GB HBM3", row));
        options.cluster = "hgx-h100*1";
        assertEquals(2, run(half));
        assertTrue(errors().contains("on 2 hosts of 4 GPUs, but needs a network"), errors());
        err.reset();
        Path rack = folder.resolve("trays.log");
        Files.writeString(rack, LogMaker.log("all_gather", 18, 4, Launch.MPI, "NVIDIA GB200", row));
        options.cluster = null;
        assertEquals(2, run(rack));
        assertTrue(errors().contains("Maybe --cluster aws-p6e-gb200*1."), errors());
    }

    /// A latency that the catalog has as nothing has no logarithm to be drawn to.
    @Test
    void whatTheCatalogHasAsNothingIsNotFitted() {
        Machine two = SiteFitTest.machine("hgx-h100*2");
        Fabric slow = two.fabric();
        var none = new NetworkClass("none", 0, 0, 0.9, 0.9);
        var fabric = new Fabric(slow.name(), slow.shape(), 0, 0, none);
        var machine = new Machine(two.node(), fabric, two.library(), 2);
        assertFalse(SiteConstant.MESSAGE_LATENCY.matters(machine));
        assertFalse(SiteConstant.BULK_LATENCY.matters(machine));
        assertTrue(SiteConstant.RING_EFFICIENCY.matters(machine));
    }

    /// A file in which the bulk step took less than a message would not read.
    @Test
    void aBulkStepTakesNoLessThanAMessage() {
        var values = new SiteValues(
                SiteFitTest.machine("hgx-h100*2"),
                Map.of(SiteConstant.MESSAGE_LATENCY, 20e-6, SiteConstant.BULK_LATENCY, 12e-6));
        assertEquals(20e-6, values.of(SiteConstant.BULK_LATENCY));
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
