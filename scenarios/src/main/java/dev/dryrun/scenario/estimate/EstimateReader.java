// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.estimate;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Nearest;
import dev.dryrun.scenario.spec.ScenarioReader;
import dev.dryrun.strategy.estimate.ComputeOptimal;
import dev.dryrun.strategy.estimate.ModelFigures;
import dev.dryrun.strategy.estimate.TrainingFlops;
import dev.dryrun.strategy.estimate.TrainingFormat;
import dev.dryrun.strategy.model.ModelArchitecture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads what is to be estimated from options; everything that is wrong with them is told at once.
///
/// The model is one of the catalog, a size, or what a budget is best spent on; tokens are given, or what the budget
/// pays for, or what suits the model.
public final class EstimateReader {
    static final String MODEL = "model";
    private static final double MOST = 1e18;
    private static final double SECONDS_PER_DAY = 86_400;

    private final Catalog catalog;
    private final WrittenOptions options;
    private final List<String> assumed = new ArrayList<>();

    /// @param options by name; the model's is `model`
    public EstimateReader(Catalog catalog, WrittenOptions options) {
        this.catalog = catalog;
        this.options = options;
    }

    /// @throws InvalidInputException with everything that is wrong
    public EstimateRequest read() {
        var setups = new SetupReader(options, assumed);
        Accelerator accelerator = named("--accelerator", "accelerators", Accelerator::read);
        TrainingFormat format = setups.format(accelerator);
        OptionalLong gpus = setups.gpus();
        var speeds = new SpeedReader(options, accelerator, format, setups.recompute());
        Optional<Speed> speed = speeds.withoutModel();
        OptionalDouble tokens = givenTokens(options);
        OptionalDouble days = options.number("--days", 1e-6, 1e6);
        OptionalDouble budget = budget(gpus, days, speed);
        ModelFigures model = model(budget);
        EstimateRequest.Setup setup = setups.read(format, model, gpus);
        EstimateRequest.Serving serving = serving(options);
        OptionalDouble price = price(options);
        if (model == null) {
            options.problems().throwIfAny();
            throw new IllegalStateException("there is no model, but no problem was told");
        }
        if (speed.isEmpty()) {
            speed = speeds.ofTokens(new TrainingFlops(model.activeParameters(), 1).perToken(), gpus);
        }
        needSpeed(speed);
        options.problems().throwIfAny();
        OptionalDouble deadline = gpus.isEmpty() ? days : OptionalDouble.empty();
        var training = new EstimateRequest.Training(
                tokens.orElseGet(() -> tokens(model, budget)), budget, speed, gpus, deadline, price);
        return new EstimateRequest(model, training, setup, Optional.ofNullable(accelerator), serving, assumed);
    }

    static EstimateRequest.Serving serving(WrittenOptions options) {
        return new EstimateRequest.Serving(
                options.whole("--sequences", 1L << 30, 1), options.whole("--kv-bits", 64, 16));
    }

    static OptionalDouble price(WrittenOptions options) {
        return options.number("--price", 0, 1e6);
    }

    static OptionalDouble givenTokens(WrittenOptions options) {
        return options.number("--tokens", 1, MOST);
    }

    /// FLOPs to be spent: as written, or what GPUs do in days.
    private OptionalDouble budget(OptionalLong gpus, OptionalDouble days, Optional<Speed> speed) {
        if (options.has("--flops")) {
            if (options.has("--tokens")) {
                options.problem("--tokens", "the FLOPs of --flops already say how many there are", "one of the two");
            }
            if (days.isPresent() && gpus.isPresent()) {
                options.problem("--days", "FLOPs and GPUs already say how many there are", "two of the three");
            }
            return options.number("--flops", 1, 1e36);
        }
        if (days.isEmpty() || gpus.isEmpty()) {
            return OptionalDouble.empty();
        }
        if (options.has("--tokens")) {
            options.problem("--days", "tokens and GPUs already say how many there are", "two of the three");
        }
        if (options.has("--tokens-per-second")) {
            options.problem("--tokens-per-second", "says at once what --days does", "--tflops-per-gpu X or --mfu X");
        }
        if (speed.isEmpty()) {
            return OptionalDouble.empty();
        }
        double gpuSeconds = days.getAsDouble() * SECONDS_PER_DAY * gpus.getAsLong();
        return OptionalDouble.of(gpuSeconds * speed.get().rate().modelFlopsPerSecond());
    }

    private @Nullable ModelFigures model(OptionalDouble budget) {
        OptionalDouble size = options.number("--parameters", 1, MOST);
        if (options.has(MODEL)) {
            if (size.isPresent()) {
                options.problem("--parameters", "the model has a size already", "one of the two");
            }
            String name = String.valueOf(options.text(MODEL));
            ModelArchitecture model = isFile(name)
                    ? new ScenarioReader(catalog).readModel(Path.of(name))
                    : named(MODEL, "models", ModelArchitecture::read);
            return model == null ? null : ModelFigures.of(model);
        }
        if (size.isPresent()) {
            return ModelFigures.ofSize("a dense model", size.getAsDouble());
        }
        if (budget.isPresent()) {
            double parameters = ComputeOptimal.forFlops(budget.getAsDouble()).parameters();
            if (parameters >= 1) {
                return ModelFigures.ofSize("the best model for the budget", parameters);
            }
            options.problem("--flops", "is too little for a single parameter", "1e23");
            return null;
        }
        boolean wantsSpeed = options.has("--days") && options.has("--gpus");
        options.problem(
                MODEL,
                wantsSpeed
                        ? "how fast a GPU is has to be known, so that GPUs and days make a budget"
                        : "a name of the catalog, a size (--parameters) or a budget (--flops, or --gpus with --days)"
                                + " is needed",
                wantsSpeed ? "--accelerator NAME beside it" : "dryrun estimate llama2-7b");
        return null;
    }

    /// Whether a name is that of a file and of nothing in the catalog.
    private static boolean isFile(String name) {
        return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
    }

    private double tokens(ModelFigures model, OptionalDouble budget) {
        if (budget.isPresent()) {
            return TrainingFlops.within(budget.getAsDouble(), model.activeParameters())
                    .tokens();
        }
        boolean experts = model.activeParameters() < model.parameters();
        assumed.add(
                "20 tokens a parameter" + (experts ? ", all experts counted, though the rule is of dense models" : "")
                        + ", since none are given (--tokens)");
        return ComputeOptimal.forParameters(model.parameters()).tokens();
    }

    private void needSpeed(Optional<Speed> speed) {
        if (speed.isPresent() || !options.problems().isEmpty()) {
            return;
        }
        for (String option : List.of("--days", "--price")) {
            if (options.has(option)) {
                options.problem(
                        option,
                        "nothing tells how fast a GPU is",
                        "--accelerator NAME or --tflops-per-gpu X beside it");
            }
        }
    }

    private <T> @Nullable T named(String option, String kind, Function<Entry, T> reader) {
        String name = options.text(option);
        if (name == null) {
            return null;
        }
        Document document = catalog.find(kind, name, options.problems());
        if (document == null) {
            List<String> names = catalog.names(kind);
            String nearest = Nearest.quoted(name, names);
            options.problem(
                    option,
                    "no such " + kind.substring(0, kind.length() - 1) + " is in the catalog",
                    nearest.isEmpty() ? "one of those that dryrun catalog " + kind + " lists" : nearest);
            return null;
        }
        int before = options.problems().count();
        try {
            T thing = document.readable() ? reader.apply(document.root()) : null;
            return options.problems().count() == before ? thing : null;
        } catch (IllegalArgumentException e) {
            if (options.problems().count() == before) {
                document.root().problem(String.valueOf(e.getMessage()));
            }
            return null;
        }
    }
}
