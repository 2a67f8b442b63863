// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.mapping;

import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.strategy.job.Optimizer;
import dev.dryrun.strategy.job.Training;
import dev.dryrun.validation.published.table.Column;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Batch, sequence length and precision of a row. The optimizer is Adam throughout.
final class Schooling {
    private static final Pattern FORMAT = Pattern.compile("fp8|nvfp4|mxfp4|fp4|bf16|fp16|tf32|fp32|16-bit");

    private Schooling() {}

    static Training read(Reading reading) {
        long sequence = reading.required(Column.SEQ_LEN);
        return new Training(
                sequence, globalBatch(reading, sequence), precision(reading), Optimizer.ADAM, OptionalDouble.empty());
    }

    private static long globalBatch(Reading reading, long sequence) {
        long stated = reading.required(Column.GLOBAL_BATCH);
        if (!reading.lower(Column.GLOBAL_BATCH_UNIT).startsWith("tokens")) {
            return stated;
        }
        if (stated % sequence != 0) {
            reading.obstruct("global batch of " + stated + " tokens is no multiple of seq_len " + sequence);
        }
        return Math.max(1, stated / sequence);
    }

    /// The first number format named; fp16 where only its width is stated, bf16 where nothing is.
    private static Precision precision(Reading reading) {
        Matcher format = FORMAT.matcher(reading.lower(Column.PRECISION));
        if (!format.find()) {
            reading.assume("precision bf16 (unstated)");
            return Precision.BF16;
        }
        return switch (format.group()) {
            case "fp8" -> Precision.FP8;
            case "bf16" -> Precision.BF16;
            case "fp16" -> Precision.FP16;
            case "tf32" -> Precision.TF32;
            case "fp32" -> Precision.FP32;
            case "16-bit" -> {
                reading.assume("precision fp16 (only its width is stated)");
                yield Precision.FP16;
            }
            default -> {
                reading.obstruct("precision " + reading.run().text(Column.PRECISION));
                yield Precision.BF16;
            }
        };
    }
}
