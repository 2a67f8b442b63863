// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.report;

import dev.dryrun.scenario.estimate.ComputeEstimate;
import dev.dryrun.scenario.estimate.Estimate;
import dev.dryrun.scenario.estimate.Formula;
import dev.dryrun.scenario.estimate.TimeEstimate;
import dev.dryrun.strategy.estimate.ComputeOptimal;
import dev.dryrun.strategy.estimate.ModelFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// Lines of model, FLOPs and time.
final class ComputeLines {
    private ComputeLines() {}

    static List<EstimateLine> model(ModelFigures model) {
        boolean sparse = model.activeParameters() < model.parameters();
        return List.of(EstimateLine.of(
                "parameters",
                Magnitude.count(model.parameters()),
                sparse ? Magnitude.count(model.activeParameters()) + " for a token" : "",
                Formula.PARAMETERS));
    }

    static List<EstimateLine> compute(Estimate estimate) {
        ComputeEstimate compute = estimate.compute();
        List<EstimateLine> lines = new ArrayList<>();
        OptionalDouble budget = estimate.request().training().budgetFlops();
        if (budget.isPresent()) {
            lines.add(EstimateLine.of("budget", Magnitude.scientific(budget.getAsDouble()), "FLOPs", Formula.BUDGET));
        }
        double tokens = compute.training().tokens();
        lines.add(EstimateLine.of(
                "tokens",
                Magnitude.count(tokens),
                Amount.digits(tokens / estimate.model().parameters()) + " a parameter; best for this size: "
                        + Magnitude.count(compute.bestOfSize().tokens()),
                Formula.TOKENS,
                Formula.OPTIMAL_TOKENS));
        lines.add(EstimateLine.of(
                "FLOPs a token",
                Magnitude.scientific(compute.training().perToken()),
                exact(compute.exactPerToken(), compute.training().perToken()),
                Formula.FLOPS_PER_TOKEN,
                Formula.EXACT_FLOPS_PER_TOKEN));
        lines.add(EstimateLine.of(
                "FLOPs",
                Magnitude.scientific(compute.training().total()),
                exact(compute.exactTotal(), compute.training().total()),
                Formula.TOTAL_FLOPS,
                Formula.EXACT_TOTAL_FLOPS));
        ComputeOptimal best = compute.bestOfFlops();
        lines.add(EstimateLine.of(
                "best size for these",
                Magnitude.count(best.parameters()),
                "parameters, " + Magnitude.count(best.tokens()) + " tokens",
                Formula.OPTIMAL_PARAMETERS));
        return lines;
    }

    static List<EstimateLine> time(TimeEstimate time) {
        List<EstimateLine> lines = new ArrayList<>();
        double rate = time.speed().rate().modelFlopsPerSecond();
        lines.add(EstimateLine.of(
                "rate of a GPU",
                Amount.digits(rate / 1e12) + " TFLOP/s",
                time.speed().basis(),
                Formula.RATE));
        lines.add(EstimateLine.of(
                "tokens/s of a GPU",
                Amount.digits(time.tokensPerSecondPerGpu()),
                mfu(time),
                Formula.TOKEN_RATE,
                Formula.MFU));
        lines.add(EstimateLine.of(
                "GPU-days", digits(time.gpuDays()), digits(time.gpuHours()) + " GPU hours", Formula.GPU_DAYS));
        time.days().ifPresent(days -> {
            String gpus = String.format(Locale.ROOT, "%,d", time.gpus().orElse(1));
            lines.add(
                    time.gpusNeeded()
                            ? EstimateLine.of("GPUs", gpus, "for " + digits(days) + " days", Formula.GPUS)
                            : EstimateLine.of("days", digits(days), "on " + gpus + " GPUs", Formula.DAYS));
        });
        time.costUsd()
                .ifPresent(usd -> lines.add(EstimateLine.of(
                        "cost", String.format(Locale.ROOT, "%,.0f USD", usd), "at the price given", Formula.COST)));
        return lines;
    }

    private static String mfu(TimeEstimate time) {
        if (time.mfu().isEmpty()) {
            return "";
        }
        String palm = time.palmMfu().isPresent()
                ? ", " + Amount.percent(time.palmMfu().getAsDouble()) + " by PaLM's count"
                : "";
        return "MFU " + Amount.percent(time.mfu().getAsDouble()) + palm;
    }

    private static String exact(OptionalDouble exact, double rule) {
        return exact.isEmpty()
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%s by the model's own count (%+.1f %%)",
                        Magnitude.scientific(exact.getAsDouble()),
                        100 * (exact.getAsDouble() / rule - 1));
    }

    /// Three digits; thousandths where there is less than one.
    private static String digits(double value) {
        return value > 0 && value < 1 ? String.format(Locale.ROOT, "%.3g", value) : Amount.digits(value);
    }
}
