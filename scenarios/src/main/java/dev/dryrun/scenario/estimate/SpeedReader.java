// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.estimate;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Figure;
import dev.dryrun.strategy.estimate.GpuRate;
import dev.dryrun.strategy.estimate.TrainingFormat;
import dev.dryrun.strategy.recompute.Recompute;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Reads how fast a GPU is. Where nobody says it, that is the accelerator's rule of thumb, which is for 16-bit
/// products, or else a share of its peak.
final class SpeedReader {
    static final List<String> OPTIONS = List.of("--tflops-per-gpu", "--mfu", "--tokens-per-second");
    /// Of the peak, where the catalog knows no better.
    private static final double ASSUMED_SHARE = 0.4;

    private static final String RULE_OF_THUMB = "achieved";

    private final WrittenOptions options;
    private final @Nullable Accelerator accelerator;
    private final TrainingFormat format;
    private final Recompute recompute;

    SpeedReader(WrittenOptions options, @Nullable Accelerator accelerator, TrainingFormat format, Recompute recompute) {
        this.options = options;
        this.accelerator = accelerator;
        this.format = format;
        this.recompute = recompute;
        String first = "";
        for (String option : OPTIONS) {
            if (options.has(option) && !first.isEmpty()) {
                options.problem(option, "says once more what " + first + " says", "only one of " + list());
            }
            first = options.has(option) && first.isEmpty() ? option : first;
        }
        if (options.has("--mfu") && accelerator == null && !options.has("--accelerator")) {
            options.problem("--mfu", "is a share of a peak that nothing tells", "--accelerator NAME beside it");
        }
    }

    private static String list() {
        return String.join(", ", OPTIONS);
    }

    /// The speed as far as it is known without the model; that in tokens a second needs it.
    Optional<Speed> withoutModel() {
        OptionalDouble tera = options.number("--tflops-per-gpu", 1e-6, 1e6);
        OptionalDouble share = options.number("--mfu", 1e-6, 1);
        if (tera.isPresent()) {
            possible("--tflops-per-gpu", tera.getAsDouble() * 1e12);
            return Optional.of(new Speed(
                    Speed.Kind.GIVEN,
                    GpuRate.executed(tera.getAsDouble() * 1e12, recompute),
                    "given: " + digits(tera.getAsDouble()) + " TFLOP/s" + asExecuted()));
        }
        if (options.has("--tokens-per-second") || accelerator == null) {
            return Optional.empty();
        }
        if (share.isPresent()) {
            return Optional.of(ofPeak(Speed.Kind.GIVEN, "given: ", share.getAsDouble(), accelerator));
        }
        Figure typical = accelerator.figures().get(RULE_OF_THUMB);
        if (typical != null && format.products().bytes() == 2) {
            return Optional.of(new Speed(
                    Speed.Kind.TYPICAL,
                    GpuRate.executed(typical.value(), recompute),
                    "rule of thumb, " + digits(typical.value() / 1e12) + " TFLOP/s" + asExecuted() + ": "
                            + typical.source()));
        }
        return Optional.of(ofPeak(Speed.Kind.ASSUMED, "assumed: ", ASSUMED_SHARE, accelerator));
    }

    private String asExecuted() {
        return recompute == Recompute.FULL ? " as executed, 6/8 of it model FLOPs" : "";
    }

    /// Reports a rate that the accelerator cannot have.
    private void possible(String option, double flopsPerSecond) {
        double peak =
                accelerator == null ? Double.POSITIVE_INFINITY : accelerator.peakFlopsPerSecond(format.products());
        if (flopsPerSecond > peak) {
            options.problem(
                    option,
                    "the " + Entry.kebab(format.products()) + " peak of "
                            + (accelerator == null ? "" : accelerator.name()) + " is " + digits(peak / 1e12)
                            + " TFLOP/s",
                    "");
        }
    }

    /// The speed by the tokens that the whole job trains a second.
    Optional<Speed> ofTokens(double flopsPerToken, OptionalLong gpus) {
        OptionalDouble tokens = options.number("--tokens-per-second", 1e-9, 1e18);
        if (tokens.isEmpty()) {
            return Optional.empty();
        }
        if (gpus.isEmpty()) {
            options.problem("--tokens-per-second", "is the rate of all GPUs, whose number is missing", "--gpus N");
            return Optional.empty();
        }
        possible("--tokens-per-second", tokens.getAsDouble() * flopsPerToken / gpus.getAsLong());
        return Optional.of(new Speed(
                Speed.Kind.GIVEN,
                GpuRate.tokens(tokens.getAsDouble(), gpus.getAsLong(), flopsPerToken),
                "given: " + digits(tokens.getAsDouble()) + " tokens/s on " + gpus.getAsLong() + " GPUs"));
    }

    private Speed ofPeak(Speed.Kind kind, String word, double share, Accelerator of) {
        double peak = of.peakFlopsPerSecond(format.products());
        return new Speed(
                kind,
                GpuRate.utilisation(share, peak),
                "%s%s %% of %s TFLOP/s, the %s peak"
                        .formatted(word, digits(100 * share), digits(peak / 1e12), Entry.kebab(format.products())));
    }

    /// Up to four digits, without zeros at the end.
    private static String digits(double value) {
        return new BigDecimal(value)
                .round(new MathContext(4))
                .stripTrailingZeros()
                .toPlainString();
    }
}
