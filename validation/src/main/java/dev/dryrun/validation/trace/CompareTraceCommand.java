// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.trace;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.scenario.cli.UserCatalog;
import dev.dryrun.scenario.cli.Version;
import dev.dryrun.scenario.report.Amount;
import dev.dryrun.scenario.simulate.Fidelity;
import dev.dryrun.scenario.simulate.StepResult;
import dev.dryrun.scenario.simulate.StepSimulation;
import dev.dryrun.scenario.spec.Scenario;
import dev.dryrun.scenario.spec.ScenarioReader;
import dev.dryrun.strategy.compile.Detail;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dryrun compare-trace`: a step that the PyTorch profiler saw, beside the same step simulated.
@Command(
        name = "compare-trace",
        description = {
            "Lay a step that the PyTorch profiler recorded, on NVIDIA or AMD, beside the simulated one.",
            "The trace is what torch.profiler's export_chrome_trace writes, .json or .json.gz, of one rank."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  dryrun compare-trace rank0.pt.trace.json my-job.yaml",
            "  dryrun compare-trace rank0.pt.trace.json.gz my-job.yaml --html timelines.html"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "2:bad input", "3:internal error"})
public final class CompareTraceCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "TRACE", description = "Trace of the profiler.")
    private @Nullable Path trace;

    @Parameters(index = "1", paramLabel = "SCENARIO", description = "Scenario of the job that was profiled.")
    private @Nullable Path scenario;

    @Option(names = "--html", paramLabel = "FILE", description = "Write both timelines, one above the other.")
    private @Nullable Path html;

    @Option(names = "--json", description = "Print dryrun/trace-comparison/1.")
    private boolean json;

    @Option(names = "--catalog", paramLabel = "DIR", description = "A folder of your own catalog files.")
    private List<Path> catalog = List.of();

    private final PrintStream out;

    CompareTraceCommand(PrintStream out) {
        this.out = new PrintStream(out, false, StandardCharsets.UTF_8);
    }

    @Override
    public Integer call() {
        if (trace == null || scenario == null) {
            throw new IllegalStateException("the command line was parsed without its files");
        }
        ProfilerTrace measured = TraceReader.read(trace);
        Scenario job = new ScenarioReader(new Catalog(UserCatalog.folders(System.getenv(), catalog))).read(scenario);
        var simulation = new StepSimulation(
                job,
                new StepSimulation.Options(
                        html == null ? Detail.CHUNK : Detail.KERNEL, Fidelity.FOLDED, 1, Version.number()));
        var lanes = new SimulatedLanes(simulation.plan(), measured.rank());
        StepResult simulated = simulation.run(lanes);
        MeasuredStep step = MeasuredStep.of(measured);
        StepComparison comparison =
                StepComparison.of(step, simulated.stepSeconds(), simulated.breakdownSeconds(), simulated.busySeconds());
        List<String> notes = notes(measured, simulated);
        out.print(
                json
                        ? ComparisonJson.write(measured, simulated.name(), comparison, notes)
                        : ComparisonText.write(measured, simulated.name(), comparison, notes));
        out.flush();
        if (html != null) {
            write(html, page(measured, step, simulated, comparison, lanes.lanes()));
        }
        return 0;
    }

    private static List<String> notes(ProfilerTrace trace, StepResult simulated) {
        List<String> notes = new ArrayList<>();
        if (!trace.marked()) {
            notes.add("the trace marks no steps (torch.profiler's step()); all of it counts as one");
        }
        if (trace.ranks() != simulated.gpus()) {
            notes.add("the trace is of a job of " + trace.ranks() + " ranks, the scenario has " + simulated.gpus());
        }
        notes.add("measured: one rank, what its collectives wait for others included; simulated: mean over ranks");
        return notes;
    }

    private static String page(
            ProfilerTrace trace,
            MeasuredStep step,
            StepResult simulated,
            StepComparison comparison,
            List<Lane> simulatedLanes) {
        String summary = String.format(
                Locale.ROOT,
                "Measured %s (%s, rank %d of %d), simulated %s: %+.1f %%. Point at a box for its name and time.",
                Amount.seconds(step.seconds()),
                trace.device().isEmpty() ? "a GPU" : trace.device(),
                trace.rank(),
                trace.ranks(),
                Amount.seconds(simulated.stepSeconds()),
                comparison.errorPct());
        var page = new TimelinePage(simulated.name() + ": measured and simulated", summary);
        page.step(
                "",
                "",
                Math.max(step.seconds(), simulated.stepSeconds()),
                MeasuredLanes.of(trace, step.seconds()),
                simulatedLanes);
        return page.html();
    }

    private static void write(Path file, String page) {
        try {
            Files.writeString(file, page);
        } catch (IOException failure) {
            throw TraceReader.refused(
                    dev.dryrun.hardware.catalog.Position.startOf(file.toString()),
                    "not writable",
                    "the page is to be written there",
                    "");
        }
    }
}
