// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import dev.dryrun.hardware.collective.Grain;
import dev.dryrun.scenario.fit.FitSearch;
import dev.dryrun.scenario.report.StepText;
import dev.dryrun.scenario.simulate.Fidelity;
import dev.dryrun.scenario.simulate.MemoryUse;
import dev.dryrun.scenario.simulate.ResultJson;
import dev.dryrun.scenario.simulate.StepResult;
import dev.dryrun.scenario.simulate.StepSimulation;
import dev.dryrun.scenario.spec.Scenario;
import dev.dryrun.scenario.spec.ScenarioReader;
import dev.dryrun.scenario.trace.TraceFile;
import dev.dryrun.strategy.compile.Detail;
import dev.dryrun.strategy.job.TrainingJob;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `dryrun simulate`: a step of a scenario, how long it takes, why, and whether it fits.
@Command(
        name = "simulate",
        description = "Simulate a training step: its time, its limits, its memory.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  dryrun simulate examples/gpt3-175b-a100.yaml",
            "  dryrun simulate my-job.yaml --json > result.json",
            "  dryrun simulate my-job.yaml --trace trace.json    (open it at ui.perfetto.dev)",
            "  dryrun simulate my-job.yaml --require-fit && sbatch train.sh"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the answer is no: it does not fit (--require-fit), something was guessed (--strict), it never ends",
            "2:bad input",
            "3:internal error"
        })
final class SimulateCommand implements Callable<Integer> {
    private static final long MOST_RANKS_IN_CHUNKS = 1024;
    private static final long PATIENCE_NANOS = 1_000_000_000;

    @Parameters(paramLabel = "SCENARIO", description = "Scenario file, YAML or JSON.")
    private @Nullable Path scenarioFile;

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description = "Write a trace of the step for Perfetto or chrome://tracing.")
    private @Nullable Path trace;

    @Option(names = "--memory", description = "Say of each pipeline stage what its memory holds at its peak, and when.")
    private boolean memory;

    @Option(names = "--require-fit", description = "Exit with 1 if the job does not fit in memory.")
    private boolean requireFit;

    @Option(
            names = "--strict",
            description = "Exit with 1 if anything had to be guessed: assumed, extrapolated or" + " uncalibrated.")
    private boolean strict;

    @Option(
            names = "--fidelity",
            description =
                    "Simulate one rank of each class that behaves alike, or every rank: folded, full (folded; full"
                            + " with --collectives chunked).")
    private @Nullable Fidelity fidelity;

    @Option(
            names = "--detail",
            description = "What is one instruction: kernel, layer, chunk of the model (chunk; layer with --collectives"
                    + " chunked). Traces show kernels with --detail kernel.")
    private @Nullable Detail detail;

    @Option(
            names = "--collectives",
            paramLabel = "GRAIN",
            defaultValue = "fluid",
            description =
                    "Play collectives as a whole, or every chunk of every step as a flow among all others, of up to"
                            + " 1,024 ranks: fluid, chunked (default fluid).")
    private Grain grain = Grain.FLUID;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Seed of random streams (default 1).")
    private long seed;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Output output;

    SimulateCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() {
        if (scenarioFile == null) {
            throw new IllegalStateException("the command line was parsed without its scenario");
        }
        Scenario scenario = new ScenarioReader(common.openCatalog()).read(scenarioFile);
        if (!common.quiet) {
            scenario.notes().forEach(note -> output.note("note: " + note));
        }
        long begun = System.nanoTime();
        var simulation = new StepSimulation(scenario, options(scenario));
        StepResult result = withRemedies(
                scenario.job(), trace == null ? simulation.run() : TraceFile.write(trace, scenario.job(), simulation));
        if (common.json) {
            output.json(ResultJson.write(result));
        } else {
            output.text(StepText.write(scenario.job(), result, memory, output.paper(!common.noColor)));
        }
        if (!common.quiet && !common.json) {
            output.note(String.format(
                    Locale.ROOT,
                    "simulated %d ranks as %d, %,d events in %.2f s",
                    simulation.plan().ranks(),
                    simulation.plan().members(),
                    simulation.events(),
                    (System.nanoTime() - begun) / 1e9));
        }
        return answer(result);
    }

    /// The result with what would make the job fit, where it does not.
    private StepResult withRemedies(TrainingJob job, StepResult result) {
        return result.memory()
                .filter(use -> use.verdict() == MemoryUse.Verdict.DOES_NOT_FIT)
                .map(use -> result.with(use.with(FitSearch.remedies(job, progress()))))
                .orElse(result);
    }

    /// Says what is going on where it takes long.
    private FitSearch.Progress progress() {
        long begun = System.nanoTime();
        var said = new AtomicBoolean(common.quiet);
        return variants -> {
            if (System.nanoTime() - begun > PATIENCE_NANOS && !said.getAndSet(true)) {
                output.note("it does not fit; looking for changes with which it would");
            }
        };
    }

    private StepSimulation.Options options(Scenario scenario) {
        boolean chunked = grain == Grain.CHUNKED;
        if (chunked && detail == Detail.CHUNK) {
            throw wrong("--detail chunk has the collectives of a pass inside one instruction; must be layer or kernel"
                    + " with --collectives chunked");
        }
        if (chunked && fidelity == Fidelity.FOLDED) {
            throw wrong("--fidelity folded leaves out ranks whose chunks are on the links, too; must be full with"
                    + " --collectives chunked");
        }
        long ranks = scenario.job().strategy().ranks();
        if (chunked && ranks > MOST_RANKS_IN_CHUNKS) {
            throw wrong(String.format(
                    Locale.ROOT,
                    "--collectives chunked plays every rank, and the scenario has %,d; at most %,d are possible",
                    ranks,
                    MOST_RANKS_IN_CHUNKS));
        }
        return new StepSimulation.Options(
                detail != null ? detail : chunked ? Detail.LAYER : Detail.CHUNK,
                grain,
                fidelity != null ? fidelity : chunked ? Fidelity.FULL : Fidelity.FOLDED,
                seed,
                Version.number());
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private int answer(StepResult result) {
        boolean fits = result.memory()
                .map(memory -> memory.verdict() != MemoryUse.Verdict.DOES_NOT_FIT)
                .orElse(true);
        if (requireFit && !fits) {
            output.note("it does not fit in memory");
            return ExitCode.NO;
        }
        if (strict && !result.guessed().isEmpty()) {
            output.note("something was guessed: " + String.join("; ", result.guessed()));
            return ExitCode.NO;
        }
        return ExitCode.DONE;
    }
}
