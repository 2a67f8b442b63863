// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.dryrun.validation.published.mapping.RunMapping;
import dev.dryrun.validation.published.measure.Prediction;
import dev.dryrun.validation.published.measure.Scoreboard;
import dev.dryrun.validation.published.measure.Scoring;
import dev.dryrun.validation.published.table.Rows;
import dev.dryrun.validation.published.table.RunTable;
import dev.dryrun.validation.published.table.UnreadableTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerScoreTest {
    private static final double EXACT = 1e-9;
    private static final RunTable TABLE = new RunTable(List.of(
            Rows.with("id", "a", "value", "10", "peak_mem_gb", "50"),
            Rows.with("id", "b", "value", "20", "micro_batch", "2"),
            Rows.with("id", "c", "hardware", "abacus")));

    @TempDir
    Path folder;

    /// Theirs: 9 of 10 and 24 of 20 seconds, errors -10 and +20 %; ours 10 and 10, errors 0 and -50 %. 40 GiB of 50 GB
    /// measured by the driver: 42.95 GB, -14.1 %. We do not simulate c, so that nobody is compared on it.
    @Test
    void theirsAndOursOnTheSameRows() throws IOException {
        PeerTable table = read("peer,id,predicted_time_s,predicted_memory_gib\nX,a,9,40\nX,b,24,\nX,c,5,\nY,a,10,\n");
        List<PeerScore> scores = PeerScore.of(board(), table);
        assertEquals(List.of("X", "Y"), scores.stream().map(PeerScore::peer).toList());
        Scoreboard theirs = scores.getFirst().theirs();
        assertEquals(2, theirs.runs().size());
        assertEquals(15, theirs.overall().mapePct().orElseThrow(), EXACT);
        assertEquals(5, theirs.overall().biasPct().orElseThrow(), EXACT);
        assertEquals(100, theirs.overall().pairOrderPct().orElseThrow(), EXACT);
        double memory = 100 * (50e9 - 40 * 0x1p30) / 50e9;
        assertEquals(memory, theirs.overall().memoryMapePct().orElseThrow(), EXACT);
        Scoreboard ours = scores.getFirst().ours();
        assertEquals(25, ours.overall().mapePct().orElseThrow(), EXACT);
        assertEquals(50, ours.overall().pairOrderPct().orElseThrow(), EXACT);
        assertEquals(0, scores.getLast().theirs().overall().mapePct().orElseThrow(), EXACT);
    }

    /// `id,predicted` is enough; the file's name is the simulator's.
    @Test
    void twoColumnsAreEnough() throws IOException {
        PeerTable table = read("predicted,id\n11,a\n");
        assertEquals(List.of("mine"), table.peers());
        assertEquals(11, table.predictions().getFirst().stepSeconds());
    }

    @Test
    void everyWrongCellIsTold() {
        UnreadableTable refusal =
                assertThrows(UnreadableTable.class, () -> read("id,predicted\nd,1\na,zero\nb,0\nb,2\n"));
        assertEquals(4, refusal.problems().size(), refusal::getMessage);
        assertEquals("id", refusal.problems().getFirst().column());
        assertEquals(3, refusal.problems().get(1).line());
        assertThrows(UnreadableTable.class, () -> read("name,seconds\na,1\n"));
        assertThrows(UnreadableTable.class, () -> PeerTable.read(folder.resolve("absent.csv"), TABLE));
    }

    /// Eight rows each of Calculon and SimuMax on A100, twenty of SimuMax on B200.
    @Test
    void theBuiltInPeersAreOnRowsOfTheTable() {
        PeerTable table = PeerTable.builtIn();
        assertEquals(36, table.predictions().size());
        assertEquals(3, table.peers().size());
    }

    private PeerTable read(String text) throws IOException {
        return PeerTable.read(Files.writeString(folder.resolve("mine.csv"), text), TABLE);
    }

    private static Scoreboard board() {
        return new Scoring(
                        new RunMapping(Rows.NAMES, Rows.MODELS),
                        job -> new Prediction(10, 45e9, 45e9, 45e9, true, List.of()))
                .score(TABLE.runs(), () -> {});
    }
}
