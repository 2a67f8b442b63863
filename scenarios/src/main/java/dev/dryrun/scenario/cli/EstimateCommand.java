// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.scenario.estimate.Estimate;
import dev.dryrun.scenario.estimate.EstimateJson;
import dev.dryrun.scenario.estimate.EstimateReader;
import dev.dryrun.scenario.estimate.EstimateRequest;
import dev.dryrun.scenario.estimate.ScenarioEstimate;
import dev.dryrun.scenario.estimate.WrittenOptions;
import dev.dryrun.scenario.report.EstimateText;
import dev.dryrun.scenario.simulate.Fidelity;
import dev.dryrun.scenario.simulate.StepSimulation;
import dev.dryrun.scenario.spec.Scenario;
import dev.dryrun.scenario.spec.ScenarioReader;
import dev.dryrun.strategy.compile.Detail;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `dryrun estimate`: what the formulas say of a model at once, without a simulation.
@Command(
        name = "estimate",
        description =
                "FLOPs, time, money, memory and traffic of a model on the back of an envelope, without a simulation.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  dryrun estimate llama2-7b",
            "  dryrun estimate gpt3-175b --tokens 300B --gpus 1024 --tflops-per-gpu 140 \\",
            "      --recompute full --tensor 8 --pipeline 16 --accelerator a100-sxm-80gb",
            "  dryrun estimate --parameters 7B --days 30 --price 2.5 --tflops-per-gpu 400",
            "  dryrun estimate --flops 1e23             (the best model for a budget)",
            "  dryrun estimate --gpus 256 --days 14 --mfu 0.4 --accelerator a100-sxm-80gb",
            "  dryrun estimate --scenario my-job.yaml   (with its simulated speed)",
            "  dryrun estimate llama2-7b --explain      (with formulas and sources)"
        })
final class EstimateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "MODEL",
            completionCandidates = CatalogWords.Models.class,
            description = "Model of the catalog, or a file that has one: a scenario, imported or not.")
    private @Nullable String model;

    @ArgGroup(validate = false, heading = "%nHow much is trained:%n")
    final EstimateOptions.Extent extent = new EstimateOptions.Extent();

    @ArgGroup(validate = false, heading = "%nHow fast a GPU is, and what it costs:%n")
    final EstimateOptions.Speeds speeds = new EstimateOptions.Speeds();

    @ArgGroup(validate = false, heading = "%nHow it is trained:%n")
    final EstimateOptions.Setup setup = new EstimateOptions.Setup();

    @ArgGroup(validate = false, heading = "%nInference:%n")
    final EstimateOptions.Serving serving = new EstimateOptions.Serving();

    @Option(names = "--explain", description = "Follow each figure with its formula and source.")
    private boolean explain;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    private final Output output;

    EstimateCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() {
        var catalog = common.openCatalog();
        var options = new WrittenOptions(written());
        EstimateRequest request = speeds.scenario == null
                ? new EstimateReader(catalog, options).read()
                : simulated(Path.of(speeds.scenario), catalog, new ScenarioEstimate(options));
        Estimate estimate = Estimate.of(request);
        if (common.json) {
            output.json(EstimateJson.write(estimate, explain, Version.number(), catalog.sha256()));
        } else {
            output.text(EstimateText.write(estimate, explain, output.paper(!common.noColor)));
        }
        return ExitCode.DONE;
    }

    private EstimateRequest simulated(Path file, Catalog catalog, ScenarioEstimate estimate) {
        estimate.check();
        Scenario scenario = new ScenarioReader(catalog).read(file);
        if (!common.quiet) {
            scenario.notes().forEach(note -> output.note("note: " + note));
        }
        var options = new StepSimulation.Options(Detail.CHUNK, Fidelity.FOLDED, 1, Version.number());
        return estimate.request(scenario, new StepSimulation(scenario, options).run());
    }

    /// The options as they stand on the command line, by their longest name.
    private Map<String, String> written() {
        Map<String, String> written = new LinkedHashMap<>();
        if (model != null) {
            written.put("model", model);
        }
        spec.commandLine()
                .getParseResult()
                .matchedOptions()
                .forEach(option -> written.put(
                        option.names()[0],
                        option.arity().max() == 0 ? "" : String.join(" ", option.originalStringValues())));
        return written;
    }
}
