// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.mapping;

import dev.dryrun.validation.published.table.Column;
import java.util.Locale;
import java.util.Set;

/// The software stack of a row: its column, else a rule over hardware, precision, sharding and date.
///
/// Rule where the column is empty, first match wins: sharded parameters (FSDP, ZeRO-3) are `fsdp-eager`; AMD
/// accelerators `rocm-te`; H100 and later or fp8 `te-` and the year, 2024 where there is no date; ZeRO stages of
/// DeepSpeed `megatron-deepspeed`; sequence parallelism or selective recomputation `megatron-2022`; else Megatron of
/// the year: `megatron-2020`, `megatron-2021`, `megatron-2022` for all later ones and where there is no date.
final class Software {
    private static final Set<String> KNOWN =
            Set.of("megatron-2020", "megatron-2021", "megatron-2022", "megatron-deepspeed", "te-2024");

    private Software() {}

    /// Name of the stack in the catalog. A Transformer Engine of another year is taken for the nearest known one.
    static String read(Reading reading) {
        String stated = reading.run().text(Column.STACK);
        String stack = stated;
        if (stated.isEmpty()) {
            stack = byRule(reading);
            reading.assume("stack " + stack + " (by hardware, precision, sharding and date)");
        }
        if (KNOWN.contains(stack)) {
            return stack;
        }
        if (stack.matches("te-[0-9]{4}")) {
            reading.assume("stack te-2024 in place of " + stack + " (not in the catalog)");
            return "te-2024";
        }
        reading.obstruct("stack " + stack + " is not in the catalog");
        return stack;
    }

    /// Whether the stack is Megatron-Core with Transformer Engine.
    static boolean isTransformerEngine(String stack) {
        return stack.startsWith("te-");
    }

    private static String byRule(Reading reading) {
        String hardware = reading.run().text(Column.HARDWARE).toUpperCase(Locale.ROOT);
        String sharding = reading.lower(Column.ZERO_OR_FSDP);
        String date = reading.run().text(Column.STACK_DATE);
        int year = date.isEmpty() ? 0 : Integer.parseInt(date.substring(0, 4));
        boolean old = hardware.contains("A100") || hardware.contains("V100");
        if (Sharing.shardsParameters(sharding)) {
            return "fsdp-eager";
        } else if (hardware.contains("AMD") || hardware.contains("MI3") || hardware.contains("MI2")) {
            return "rocm-te";
        } else if (!old || reading.lower(Column.PRECISION).contains("fp8")) {
            return "te-" + Math.max(2024, year);
        } else if (sharding.contains("zero")) {
            return "megatron-deepspeed";
        } else if (reading.lower(Column.SEQUENCE_PARALLEL).equals("yes")
                || reading.lower(Column.RECOMPUTE).startsWith("selective")) {
            return "megatron-2022";
        }
        return "megatron-" + (year == 0 ? 2022 : Math.clamp(year, 2020, 2022));
    }
}
