// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.mapping;

import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.strategy.job.Numerics;
import dev.dryrun.strategy.job.Optimizer;
import dev.dryrun.strategy.job.Training;
import dev.dryrun.validation.published.table.Column;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Batch, sequence length and precision of a row. The optimizer is Adam throughout.
final class Schooling {
    private static final Pattern FORMAT = Pattern.compile("fp8|float8|nvfp4|mxfp4|fp4|bf16|fp16|tf32|fp32|16-bit");

    private static final long USUAL_MICRO_BATCHES = 8;

    private Schooling() {}

    static Training read(Reading reading) {
        long sequence = reading.required(Column.SEQ_LEN);
        Precision precision = precision(reading);
        return new Training(sequence, globalBatch(reading, sequence), precision, Optimizer.ADAM, OptionalDouble.empty())
                .with(precision, numerics(reading, precision));
    }

    /// Formats beside that of the products. Where FSDP's mixed precision is "pure", gradients are reduced in 16 bits as
    /// well; its usual kind reduces in fp32. Source: mosaicml/composer, `get_mixed_precision`.
    private static Numerics numerics(Reading reading, Precision precision) {
        Numerics usual = Numerics.usual(precision);
        return reading.lower(Column.PRECISION).contains("pure")
                ? new Numerics(usual.scaling(), usual.masterWeights(), usual.lossScaling(), 2)
                : usual;
    }

    private static long globalBatch(Reading reading, long sequence) {
        if (!reading.run().states(Column.GLOBAL_BATCH)) {
            return usualBatch(reading);
        }
        long stated = reading.required(Column.GLOBAL_BATCH);
        if (!reading.lower(Column.GLOBAL_BATCH_UNIT).startsWith("tokens")) {
            return stated;
        }
        return stated % sequence == 0 ? Math.max(1, stated / sequence) : rounded(reading, stated, sequence);
    }

    /// A batch of tokens that is no whole number of sequences was rounded for print: the nearest number that replicas
    /// share in whole micro-batches.
    private static long rounded(Reading reading, long tokens, long sequence) {
        long share = reading.run().count(Column.DP).orElse(1)
                * reading.run().count(Column.MICRO_BATCH).orElse(1);
        long sequences = Math.max(1, Math.round((double) tokens / sequence / share)) * share;
        reading.assume("global_batch " + sequences + " sequences (" + tokens + " tokens are rounded)");
        return sequences;
    }

    /// Without a batch size, eight micro-batches of each replica: 128 sequences by twos on 8 GPUs, as Primus's recipes
    /// of dense models have it (AMD-AGI/Primus, examples/megatron/configs). How many hardly moves a rate of tokens.
    private static long usualBatch(Reading reading) {
        long replicas = reading.required(Column.DP);
        long micro = reading.required(Column.MICRO_BATCH);
        reading.assume("global_batch of " + USUAL_MICRO_BATCHES + " micro-batches of each replica (unstated)");
        return USUAL_MICRO_BATCHES * replicas * micro;
    }

    /// The first number format named; fp16 where only its width is stated, bf16 where nothing is.
    private static Precision precision(Reading reading) {
        Matcher format = FORMAT.matcher(reading.lower(Column.PRECISION));
        if (!format.find()) {
            reading.assume("precision bf16 (unstated)");
            return Precision.BF16;
        }
        return switch (format.group()) {
            case "fp8", "float8" -> Precision.FP8;
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
