// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.train;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.scenario.cli.UserCatalog;
import dev.dryrun.scenario.spec.Scenario;
import dev.dryrun.scenario.spec.ScenarioReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dryrun train`: trains a small scenario for real and says what it measured.
@Command(
        name = "train",
        description = "Train a small scenario for real on this machine, and measure it.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  dryrun train examples/mini-gpt.yaml",
            "  dryrun train examples/mini-gpt-tp2.yaml --steps 50 --json result.json --csv steps.csv"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "2:bad input, or nothing to train on", "3:a rank failed"})
final class TrainCommand implements Callable<Integer> {
    private static final int DONE = 0;
    private static final int BAD_INPUT = 2;
    private static final int FAILED = 3;

    @Parameters(paramLabel = "SCENARIO", description = "Scenario file, YAML or JSON.")
    private @Nullable Path scenarioFile;

    @Mixin
    private final TrainOptions options = new TrainOptions();

    @Option(names = "--json", paramLabel = "FILE", description = "Write dryrun/train/1 to a file.")
    private @Nullable Path json;

    @Option(names = "--csv", paramLabel = "FILE", description = "Write a row for each step to a file.")
    private @Nullable Path csv;

    @Option(names = "--kernels", description = "List the times of kernels and collectives, by name.")
    private boolean kernels;

    @Option(names = "--quiet", description = "No progress on standard error.")
    private boolean quiet;

    private final Supplier<Optional<Trainer>> trainers;
    private final PrintStream out;
    private final PrintStream err;

    TrainCommand(Supplier<Optional<Trainer>> trainers, PrintStream out, PrintStream err) {
        this.trainers = trainers;
        this.out = new PrintStream(out, false, StandardCharsets.UTF_8);
        this.err = err;
    }

    @Override
    public Integer call() {
        if (scenarioFile == null) {
            throw new IllegalStateException("the command line was parsed without its scenario");
        }
        List<Path> folders = UserCatalog.folders(System.getenv(), options.catalog);
        Scenario scenario = new ScenarioReader(new Catalog(folders)).read(scenarioFile);
        Trainable.require(scenario.job(), scenarioFile);
        String wrong = options.problem(scenario.job());
        if (wrong != null) {
            err.println(wrong);
            return BAD_INPUT;
        }
        Trainer trainer = trainers.get().orElse(null);
        if (trainer == null) {
            err.println(Trainer.missing("train"));
            return BAD_INPUT;
        }
        String obstacle = trainer.obstacle(options.device).orElse(null);
        if (obstacle != null) {
            err.println(obstacle);
            return BAD_INPUT;
        }
        return train(trainer, scenario, options.order(scenarioFile, folders));
    }

    private int train(Trainer trainer, Scenario scenario, TrainingOrder order) {
        var progress = new StepLine(err, order, scenario.job().training().tokensPerStep(), quiet);
        TrainingReport report;
        try {
            report = trainer.train(order, progress::step);
        } catch (TrainingFailure failure) {
            err.println("The training stopped: " + failure.getMessage());
            return FAILED;
        }
        var predicted = new Prediction(scenario);
        out.print(TrainText.write(scenario.job(), report, predicted, kernels));
        out.flush();
        return write(json, TrainJson.write(scenario.job(), report, predicted)) && write(csv, TrainCsv.write(report))
                ? DONE
                : BAD_INPUT;
    }

    private boolean write(@Nullable Path file, String text) {
        try {
            if (file != null) {
                Files.writeString(file, text);
            }
            return true;
        } catch (IOException failure) {
            err.println(file + " cannot be written: " + failure);
            return false;
        }
    }
}
