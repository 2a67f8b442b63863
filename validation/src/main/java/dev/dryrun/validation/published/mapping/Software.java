// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.mapping;

import dev.dryrun.validation.published.table.Column;
import java.util.Locale;
import java.util.regex.Pattern;

/// The software stack of a row: its column, else a rule over hardware, precision, sharding and date.
///
/// `te-2025` is `te-2025-09` from that month on; `te-2026` is `te-2026-06` from that month on, which is for
/// Blackwell, and stays what it is on Hopper.
///
/// A submission to MLPerf, by its notes, has the stack as it is tuned there, where the catalog has that.
///
/// Rule where the column is empty, first match wins: sharded parameters (FSDP, ZeRO-3) are `fsdp-eager`, from 2024 on
/// `fsdp-eager-2024`, on accelerators after Ampere both with `-hopper`, also where the column says `fsdp-eager`; AMD
/// accelerators `rocm-te`; H100 and later or fp8 `te-` and the year, 2024 where there is no date; ZeRO stages of
/// DeepSpeed `megatron-deepspeed`; sequence parallelism or selective recomputation `megatron-2022`; else Megatron of
/// the year: `megatron-2020`, `megatron-2021`, `megatron-2022` for all later ones and where there is no date.
final class Software {
    private static final String BEFORE_JUNE_2026 = "te-2026";
    private static final String FROM_JUNE_2026 = "te-2026-06";
    private static final String BEFORE_SEPTEMBER_2025 = "te-2025";
    private static final String FROM_SEPTEMBER_2025 = "te-2025-09";
    private static final String EAGER = "fsdp-eager";
    private static final String EAGER_ON_HOPPER = "fsdp-eager-hopper";

    private static final Pattern TUNED_FOR_MLPERF = Pattern.compile("(closed|open) division");
    private static final String TUNED = "-mlperf";
    private static final Pattern BLACKWELL = Pattern.compile("\\bG?B[23]00\\b|BLACKWELL");
    private static final String EAGER_2024 = "fsdp-eager-2024";
    private static final String EAGER_2024_ON_HOPPER = "fsdp-eager-2024-hopper";

    private static final String ROCM = "rocm-te";
    private static final String PRIMUS = "primus";

    private Software() {}

    /// Name of the stack in the catalog. Where the catalog lacks a year of a line, the nearest year stands in.
    static String read(Reading reading, CatalogNames names) {
        if (ComposedTraces.is(reading) && names.stacks().contains(ComposedTraces.STACK)) {
            reading.assume("stack " + ComposedTraces.STACK + " (composed from traces)");
            return ComposedTraces.STACK;
        }
        String stated = reading.run().text(Column.STACK);
        String stack = stated;
        if (stated.isEmpty()) {
            stack = byRule(reading);
            reading.assume("stack " + stack + " (by hardware, precision, sharding and date)");
        }
        if (stack.equals(EAGER)) {
            stack = eager(reading);
        }
        String date = reading.run().text(Column.STACK_DATE);
        if (stack.equals(BEFORE_JUNE_2026) && date.compareTo("2026-06") >= 0 && isBlackwell(reading)) {
            stack = FROM_JUNE_2026;
        }
        if (stack.equals(BEFORE_SEPTEMBER_2025) && date.compareTo("2025-09") >= 0) {
            stack = FROM_SEPTEMBER_2025;
        }
        if (TUNED_FOR_MLPERF.matcher(reading.lower(Column.NOTES)).find()
                && names.stacks().contains(stack + TUNED)) {
            stack = stack + TUNED;
            reading.assume("stack " + stack + " (a submission to MLPerf, by its notes)");
        }
        if (names.stacks().contains(stack)) {
            return stack;
        }
        String nearest = names.nearestYear(stack);
        if (nearest.isEmpty()) {
            reading.obstruct("stack " + stack + " is not in the catalog");
            return stack;
        }
        reading.assume("stack " + nearest + " in place of " + stack + " (not in the catalog)");
        return nearest;
    }

    private static String eager(Reading reading) {
        boolean from2024 = reading.run().text(Column.STACK_DATE).compareTo("2024") >= 0;
        return isAmpere(reading) ? (from2024 ? EAGER_2024 : EAGER) : from2024 ? EAGER_2024_ON_HOPPER : EAGER_ON_HOPPER;
    }

    private static boolean isAmpere(Reading reading) {
        String hardware = reading.run().text(Column.HARDWARE).toUpperCase(Locale.ROOT);
        return hardware.contains("A100") || hardware.contains("A800");
    }

    private static boolean isBlackwell(Reading reading) {
        String hardware = reading.run().text(Column.HARDWARE).toUpperCase(Locale.ROOT);
        return BLACKWELL.matcher(hardware).find();
    }

    /// Whether the stack is Megatron-Core with Transformer Engine, NVIDIA's or AMD's.
    static boolean isTransformerEngine(String stack) {
        return stack.startsWith("te-") || stack.equals(ROCM) || stack.equals(PRIMUS);
    }

    private static String byRule(Reading reading) {
        String hardware = reading.run().text(Column.HARDWARE).toUpperCase(Locale.ROOT);
        String sharding = reading.lower(Column.ZERO_OR_FSDP);
        String date = reading.run().text(Column.STACK_DATE);
        int year = date.isEmpty() ? 0 : Integer.parseInt(date.substring(0, 4));
        boolean old = hardware.contains("A100") || hardware.contains("A800") || hardware.contains("V100");
        if (Sharing.shardsParameters(sharding)) {
            return eager(reading);
        } else if (hardware.contains("AMD") || hardware.contains("MI3") || hardware.contains("MI2")) {
            return ROCM;
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
