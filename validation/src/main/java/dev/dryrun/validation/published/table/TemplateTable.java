// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.table;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// A table for a user's own runs: every column, and one row as an example.
public final class TemplateTable {
    private TemplateTable() {}

    /// The file.
    public static String write() {
        List<Column> columns = Arrays.asList(Column.values());
        Map<Column, String> example = example();
        return CsvText.line(columns.stream().map(Column::header).toList())
                + CsvText.line(columns.stream()
                        .map(column -> example.getOrDefault(column, ""))
                        .toList());
    }

    private static Map<Column, String> example() {
        Map<Column, String> cells = new EnumMap<>(Column.class);
        cells.put(Column.ID, "our-8b-01");
        cells.put(Column.FAMILY, "our-cluster");
        cells.put(Column.SOURCE, "log of run 4711");
        cells.put(Column.QUALITY, "A");
        cells.put(Column.HARDWARE, "NVIDIA H100 80GB");
        cells.put(Column.N_GPUS, "64");
        cells.put(Column.GPUS_PER_NODE, "8");
        cells.put(Column.INTERCONNECT, "3200 Gb/s between nodes");
        cells.put(Column.MODEL, "Llama-3.1-8B");
        cells.put(Column.LAYERS, "32");
        cells.put(Column.HIDDEN, "4096");
        cells.put(Column.HEADS, "32");
        cells.put(Column.KV_HEADS, "8");
        cells.put(Column.FFN_HIDDEN, "14336");
        cells.put(Column.VOCAB, "128256");
        cells.put(Column.SEQ_LEN, "8192");
        cells.put(Column.PRECISION, "bf16");
        cells.put(Column.TP, "2");
        cells.put(Column.PP, "1");
        cells.put(Column.CP, "1");
        cells.put(Column.ZERO_OR_FSDP, "distributed optimizer");
        cells.put(Column.SEQUENCE_PARALLEL, "yes");
        cells.put(Column.RECOMPUTE, "none");
        cells.put(Column.FLASH_ATTENTION, "yes");
        cells.put(Column.MICRO_BATCH, "1");
        cells.put(Column.GLOBAL_BATCH, "256");
        cells.put(Column.GLOBAL_BATCH_UNIT, "sequences");
        cells.put(Column.STACK, "te-2025");
        cells.put(Column.STACK_DATE, "2025-06");
        cells.put(Column.METRIC, "iteration time");
        cells.put(Column.VALUE, "3.9");
        cells.put(Column.UNIT, "s");
        cells.put(Column.NOTES, "an example: put your own rows in its place");
        return cells;
    }
}
