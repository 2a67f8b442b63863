// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.table;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.validation.published.mapping.CatalogModels;
import dev.dryrun.validation.published.mapping.CatalogNames;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Rows for tests: GPT-3 175B on 64 A100 of 2021 unless told otherwise.
public final class Rows {
    /// Names of a catalog as the rules expect it.
    public static final CatalogNames NAMES = new CatalogNames(
            Set.of(
                    "dgx-a100-40gb",
                    "dgx-a100-80gb",
                    "dgx-2",
                    "hgx-h100",
                    "dgx-b200",
                    "dgx-b300",
                    "gb200-nvl72",
                    "gb300-nvl72",
                    "frontier",
                    "mi300x-platform",
                    "mi325x-platform",
                    "mi355x-platform"),
            Set.of(
                    "fsdp-compiled",
                    "fsdp-eager",
                    "fsdp-eager-2024",
                    "fsdp-eager-2024-hopper",
                    "fsdp-eager-hopper",
                    "llm.c",
                    "megatron-2020",
                    "megatron-2021",
                    "megatron-2022",
                    "megatron-deepspeed",
                    "megatron-deepspeed-profiled",
                    "te-2024",
                    "te-2024-mlperf",
                    "te-2025",
                    "te-2025-09",
                    "te-2026",
                    "te-2026-06",
                    "te-2026-no-overlap",
                    "maxtext",
                    "metaseq",
                    "primus",
                    "rocm-te",
                    "torchtitan"),
            Set.of("default", "selene", "jean-zay", "jean-zay-before-binding-fix", "eos"));

    /// Models of the project's catalog.
    public static final CatalogModels MODELS = new CatalogModels(new Catalog(List.of()));

    private Rows() {}

    /// A row with some cells changed: header, cell, header, cell, ...; an empty cell removes it.
    public static MeasuredRun with(String... changes) {
        Map<Column, String> cells = new EnumMap<>(Column.class);
        String row = "id=row family=test quality=A hardware=A100 gpu_mem_gb=80 n_gpus=64 gpus_per_node=8 model=GPT "
                + "layers=96 hidden=12288 heads=96 ffn_hidden=49152 vocab=51200 seq_len=2048 precision=fp16 tp=8 pp=8 "
                + "vpp=1 dp=1 zero_or_fsdp=none sequence_parallel=no recompute=full micro_batch=1 global_batch=64 "
                + "stack=megatron-2021 metric=time value=10 unit=s/iter";
        for (String cell : row.split(" ", -1)) {
            String[] parts = cell.split("=", 2);
            cells.put(column(parts[0]), parts[1]);
        }
        for (int i = 0; i < changes.length; i += 2) {
            if (changes[i + 1].isEmpty()) {
                cells.remove(column(changes[i]));
            } else {
                cells.put(column(changes[i]), changes[i + 1]);
            }
        }
        return new MeasuredRun("rows.csv", 2, cells);
    }

    private static Column column(String header) {
        return Column.valueOf(header.toUpperCase(Locale.ROOT));
    }
}
