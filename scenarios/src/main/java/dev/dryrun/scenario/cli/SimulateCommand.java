// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

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
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
            "1:the answer is no: it does not fit (--require-fit), something was assumed (--strict), it never ends",
            "2:bad input",
            "3:internal error"
        })
final class SimulateCommand implements Callable<Integer> {
    @Parameters(paramLabel = "SCENARIO", description = "Scenario file, YAML or JSON.")
    private @Nullable Path scenarioFile;

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description = "Write a trace of the step for Perfetto or chrome://tracing.")
    private @Nullable Path trace;

    @Option(names = "--require-fit", description = "Exit with 1 if the job does not fit in memory.")
    private boolean requireFit;

    @Option(names = "--strict", description = "Exit with 1 if anything had to be assumed.")
    private boolean strict;

    @Option(
            names = "--fidelity",
            defaultValue = "folded",
            description = "Simulate one rank of each class that behaves alike, or every rank: folded, full.")
    private Fidelity fidelity = Fidelity.FOLDED;

    @Option(
            names = "--detail",
            defaultValue = "chunk",
            description = "What is one instruction: kernel, layer, chunk. Traces show kernels with --detail kernel.")
    private Detail detail = Detail.CHUNK;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Seed of random streams (default 1).")
    private long seed;

    @Mixin
    private final CommonOptions common = new CommonOptions();

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
        var simulation =
                new StepSimulation(scenario, new StepSimulation.Options(detail, fidelity, seed, Version.number()));
        long begun = System.nanoTime();
        StepResult result = trace == null ? simulation.run() : TraceFile.write(trace, scenario.job(), simulation);
        if (common.json) {
            output.json(ResultJson.write(result));
        } else {
            output.text(StepText.write(scenario.job(), result, output.paper(!common.noColor)));
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

    private int answer(StepResult result) {
        boolean fits = result.memory()
                .map(memory -> memory.verdict() != MemoryUse.Verdict.DOES_NOT_FIT)
                .orElse(true);
        if (requireFit && !fits) {
            output.note("it does not fit in memory");
            return ExitCode.NO;
        }
        if (strict && !result.assumed().isEmpty()) {
            output.note("something was assumed: " + String.join("; ", result.assumed()));
            return ExitCode.NO;
        }
        return ExitCode.DONE;
    }
}
