// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.sharing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.dryrun.sim.engine.Engine;
import dev.dryrun.sim.units.SimTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Finish times of transfers over fat trees, against SimGrid 3.32 on the same routes (network model CM02, no
/// latency).
class SimGridTest {
    private static final Path FOLDER = Path.of("..", "..", "shared", "data", "simgrid");
    private static final double LINK_BYTES_PER_SECOND = 25e9;

    @TestFactory
    Stream<DynamicTest> finishTimesAgreeOnTheSameRoutes() throws IOException {
        if (!Files.isDirectory(FOLDER)) {
            String reason = "skipped: SimGrid's figures are not beside this checkout";
            return Stream.of(DynamicTest.dynamicTest("no figures", () -> Assumptions.abort(reason)));
        }
        List<Path> files;
        try (Stream<Path> all = Files.list(FOLDER)) {
            files = all.filter(file -> file.getFileName().toString().startsWith("perm_"))
                    .sorted()
                    .toList();
        }
        assertEquals(18, files.size());
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> agrees(file)));
    }

    private static void agrees(Path file) throws IOException {
        List<String[]> rows = Files.readAllLines(file).stream()
                .skip(1)
                .map(line -> line.split(","))
                .toList();
        Map<String, Integer> links = new HashMap<>();
        List<Phase> phases = new ArrayList<>();
        for (String[] row : rows) {
            int[] route = Arrays.stream(row[5].split("\\|"))
                    .mapToInt(link -> links.computeIfAbsent(link, name -> links.size()))
                    .toArray();
            double[] usage = new double[route.length];
            Arrays.fill(usage, 1);
            phases.add(Phase.transfer(0, Double.parseDouble(row[3]), new Footprint(route, usage)));
        }
        double[] capacity = new double[links.size()];
        Arrays.fill(capacity, LINK_BYTES_PER_SECOND);
        long[] finishNanos = new long[phases.size()];
        var resources = new SharedResources[1];
        var engine = new Engine((event, now) -> resources[0].advance(now));
        resources[0] = new SharedResources(engine, 0, capacity, (activity, now) -> finishNanos[activity] = now);
        for (Phase phase : phases) {
            resources[0].start(phase);
        }
        engine.run();
        for (int flow = 0; flow < finishNanos.length; flow++) {
            double expected = Double.parseDouble(rows.get(flow)[4]);
            assertEquals(expected, SimTime.toSeconds(finishNanos[flow]), 1e-6 * expected, "flow " + flow);
        }
    }
}
