// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.strategy.job.Optimizer;
import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.Sharding;
import dev.dryrun.strategy.job.Training;
import dev.dryrun.strategy.layout.RankGrid;
import dev.dryrun.strategy.model.Models;
import dev.dryrun.strategy.pipeline.OneForwardOneBackward;
import dev.dryrun.strategy.recompute.Recompute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/// Device memory of BLOOM's topology search, as `nvidia-smi` printed it, beside the model with the rules of
/// Megatron-DeepSpeed.
class PublishedMemoryTest {
    private static final Path TABLES = Path.of("../validation/src/main/resources/dev/dryrun/validation/published");
    private static final Path TABLE = TABLES.resolve("training.csv");
    private static final Path B200_TABLE = TABLES.resolve("training-simumax.csv");
    /// What `nvidia-smi` calls 80 GB is 80 GiB.
    private static final double CAPACITY_BYTES = 80 * 0x1p30;

    /// Mean absolute error in percent, a golden figure each. Two fp16 rows (010, 049) contradict their neighbours and
    /// make 1.1 points of theirs.
    @Test
    void meanErrorsAreAsRecorded() throws IOException {
        assertEquals(4.3, meanErrorPercent("fp16"), 0.05);
        assertEquals(2.0, meanErrorPercent("bf16"), 0.05);
    }

    /// Allocated peaks of the dense layouts without context parallelism, GiB, of the table of B200 runs: mean absolute
    /// error in percent, a golden figure. The account of kept tensors promises less than half a percent.
    @Test
    void transformerEnginePeaksAreWithinHalfAPercent() throws IOException {
        double sum = 0;
        int rows = 0;
        for (Map<String, String> row : rows(B200_TABLE, "simumax-b200")) {
            if (row.get("n_experts").isEmpty() && row.get("cp").equals("1")) {
                sum += Math.abs(allocatedBytes(row) / 0x1p30 / Double.parseDouble(row.get("peak_mem_gb")) - 1);
                rows++;
            }
        }
        assertEquals(12, rows);
        assertTrue(100 * sum / rows < 0.5);
        assertEquals(0.06, 100 * sum / rows, 0.01);
    }

    /// Five of the six layouts that ran out of memory are predicted to, none that ran is. The sixth, row 104, needs
    /// 68.5 GB here and is not explained by size; larger ones ran.
    @Test
    void layoutsThatRanOutOfMemoryDoNotFit() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Map<String, String> row : rows(TABLE, "bloom-prequel")) {
            boolean fits = deviceBytes(row) <= CAPACITY_BYTES;
            boolean ran = !row.get("metric").equals("OOM");
            if (fits != ran) {
                wrong.add(row.get("id"));
            }
        }
        assertEquals(List.of("bloom-prequel-104"), wrong);
    }

    private static double meanErrorPercent(String precision) throws IOException {
        double sum = 0;
        int rows = 0;
        for (Map<String, String> row : rows(TABLE, "bloom-prequel")) {
            if (row.get("precision").startsWith(precision) && !row.get("metric").equals("OOM")) {
                sum += Math.abs(deviceBytes(row) / 1e9 / Double.parseDouble(row.get("peak_mem_gb")) - 1);
                rows++;
            }
        }
        return 100 * sum / rows;
    }

    private static double deviceBytes(Map<String, String> row) {
        boolean half = row.get("precision").startsWith("fp16");
        int stages = integer(row, "pp");
        int data = integer(row, "dp");
        long microBatch = integer(row, "micro_batch");
        var training = new Training(
                integer(row, "seq_len"),
                integer(row, "global_batch"),
                half ? Precision.FP16 : Precision.BF16,
                Optimizer.ADAM,
                OptionalDouble.empty());
        boolean slots = integer(row, "layers") % stages != 0;
        var strategy = new ParallelStrategy(
                RankGrid.of(integer(row, "tp"), stages, data),
                false,
                "1f1b",
                1,
                slots,
                Sharding.OPTIMIZER,
                microBatch,
                Recompute.FULL);
        var gpt = Models.gpt(
                integer(row, "layers"), integer(row, "hidden"), integer(row, "heads"), integer(row, "vocab"), 0);
        var model = new MemoryModel(gpt, training, strategy, half ? Stacks.DEEPSPEED_FP16 : Stacks.DEEPSPEED_BF16);
        double most = 0;
        for (int stage = 0; stage < stages; stage++) {
            int microBatches = (int) strategy.microBatches(training.globalBatch());
            most = Math.max(
                    most,
                    Passes.memory(model, stage, new OneForwardOneBackward(), microBatches)
                            .deviceBytes());
        }
        return most;
    }

    private static double allocatedBytes(Map<String, String> row) {
        int tensor = integer(row, "tp");
        int stages = integer(row, "pp");
        var training = new Training(
                integer(row, "seq_len"),
                integer(row, "global_batch"),
                Precision.BF16,
                Optimizer.ADAM,
                OptionalDouble.empty());
        var strategy = new ParallelStrategy(
                RankGrid.of(tensor, stages, integer(row, "dp")),
                tensor > 1,
                "1f1b",
                1,
                false,
                Sharding.OPTIMIZER,
                integer(row, "micro_batch"),
                Recompute.NONE);
        var llama = Models.llama(
                integer(row, "layers"),
                integer(row, "hidden"),
                integer(row, "heads"),
                integer(row, "kv_heads"),
                integer(row, "ffn_hidden"),
                integer(row, "vocab"));
        var model = new MemoryModel(llama, training, strategy, Stacks.TRANSFORMER_ENGINE);
        int microBatches = (int) strategy.microBatches(training.globalBatch());
        double most = 0;
        for (int stage = 0; stage < stages; stage++) {
            most = Math.max(
                    most,
                    Passes.memory(model, stage, new OneForwardOneBackward(), microBatches)
                            .allocatedBytes());
        }
        return most;
    }

    private static int integer(Map<String, String> row, String column) {
        return Integer.parseInt(row.get(column));
    }

    private static List<Map<String, String>> rows(Path table, String family) throws IOException {
        List<String> lines = Files.readAllLines(table);
        List<String> header = cells(lines.getFirst());
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            List<String> cells = cells(line);
            Map<String, String> row = new HashMap<>();
            for (int i = 0; i < header.size(); i++) {
                row.put(header.get(i), cells.get(i));
            }
            boolean hasMemory =
                    !row.get("peak_mem_gb").isEmpty() || row.get("metric").equals("OOM");
            if (row.get("family").equals(family) && hasMemory) {
                rows.add(row);
            }
        }
        return rows;
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        var cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char letter = line.charAt(i);
            if (letter == '"') {
                quoted = !quoted;
            } else if (letter == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(letter);
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}
