// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.nccltests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.dryrun.hardware.catalog.Problem;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.hardware.collective.CollectiveKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkLogsTest {
    private static final String ROW = "  1024  256  float  none  -1  36.95  0.03  0.05  0  34.17  0.03  0.06  0\n";

    private static final String JSON = """
        {"version": 2, "start_time": "2026-05-01 10:00:00", "args": ["./build/reduce_scatter_perf", "-g", "8"], "env": ["A=B"],
         "nccl_version": 23003,
         "config": {"nthreads": 1, "ngpus": 8, "devices": [{"rank": 0, "group": 0, "pid": 7, "hostname": "a", "device": 0,
             "device_hex": "0000:10:00", "device_info": "NVIDIA B200"}]},
         "results": [
           {"size": 1024, "count": 256, "type": "float", "redop": "sum", "root": "    -1",
            "out_of_place": {"time": 36.95, "alg_bw": 0.03, "bus_bw": 0.05, "nwrong": 0.0},
            "in_place": {"time": 34.17, "alg_bw": 0.03, "bus_bw": 0.06, "nwrong": null}},
           {"size": 2048, "count": 512, "type": "float", "redop": "sum", "root": "    -1",
            "out_of_place": null, "in_place": {"cpu_time": "nan", "alg_bw": 0.03, "bus_bw": 0.06, "nwrong": 2.0}},
           {"size": 4096, "count": 1024, "type": "float", "redop": "sum", "root": "    -1",
            "out_of_place": null, "in_place": {"cpu_time": 40.0, "alg_bw": 0.03, "bus_bw": 0.06, "nwrong": 2.0}}],
         "average_bus_bandwidth": {"bandwidth": 0.1, "okay": "unchecked"}}
        """;

    private final Problems problems = new Problems();

    @TempDir
    private Path folder;

    private BenchmarkLogs read(String name, String text, CollectiveKind kind) throws Exception {
        Path file = Files.writeString(folder.resolve(name), text);
        return BenchmarkLogs.read(List.of(file), kind, problems);
    }

    /// The file introduces the first GPU of a process only; all eight ran.
    @Test
    void readsJson() throws Exception {
        BenchmarkLogs logs = read("report", JSON, null);
        BenchmarkRun run = logs.runs().getFirst();
        assertEquals("reduce_scatter", run.collective());
        assertEquals("2026-05-01", run.date());
        assertEquals(8, run.members().size());
        assertEquals(new Member(7, 0, 7, "a", 7, "NVIDIA B200"), run.members().get(7));
        assertEquals(36.95e-6, run.samples().getFirst().seconds(), 1e-12);
        assertEquals(40e-6, run.samples().get(1).seconds(), 1e-12);
        assertEquals(2, run.samples().get(1).wrongElements());
        assertEquals(1, logs.notes().size());
        assertEquals(0, problems.count());
    }

    @Test
    void jsonThatIsCutOffIsAProblemWithItsPlace() throws Exception {
        read("report", JSON.substring(0, 400), null);
        assertEquals(1, problems.count());
        assertEquals(
                folder.resolve("report").toString(),
                problems.all().getFirst().at().file());
    }

    @Test
    void theNameOfTheFileOrTheUserSaysWhatALogDoesNot() throws Exception {
        assertEquals(
                "all_reduce",
                read("h100-all-reduce.txt", ROW, null).runs().getFirst().collective());
        assertEquals(
                "send_recv",
                read("log", ROW, CollectiveKind.SEND_RECV).runs().getFirst().collective());
        assertEquals(0, problems.count());
        read("log", ROW, null);
        assertEquals(
                folder.resolve("log")
                        + ":1:1: the collective of this run is unknown, but the log, its name or --kind must"
                        + " say it. Maybe --kind all-reduce.",
                problems.all().getFirst().message());
    }

    @Test
    void everyFileThatIsNoLogIsAProblem() throws Exception {
        Path empty = Files.writeString(folder.resolve("empty"), "");
        List<Path> files = List.of(empty, folder, folder.resolve("absent"));
        BenchmarkLogs.read(files, null, problems);
        assertEquals(
                List.of("a folder", "absent", "without results"),
                problems.all().stream().map(Problem::found).sorted().toList());
    }

    @Test
    void collectivesWithoutAModelAreLeftOutAndTold() throws Exception {
        BenchmarkLogs logs = read("log", "# Collective test starting: hypercube_perf\n" + ROW, null);
        assertEquals(List.of(), logs.runs());
        assertEquals(
                folder.resolve("log") + ":1:1: left out: no model of hypercube",
                logs.notes().getLast());
    }
}
