// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import dev.dryrun.hardware.catalog.InvalidInputException;
import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.hardware.catalog.Problem;
import dev.dryrun.scenario.balance.Balance;
import dev.dryrun.scenario.balance.BalanceYaml;
import dev.dryrun.scenario.balance.Balancer;
import dev.dryrun.scenario.report.BalanceJson;
import dev.dryrun.scenario.report.BalanceText;
import dev.dryrun.scenario.spec.Scenario;
import dev.dryrun.scenario.spec.ScenarioReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dryrun balance`: layers of the stages and micro-batches of the replicas by the speed of their machines.
@Command(
        name = "balance",
        description = "Spread layers over stages and micro-batches over replicas so that the slowest is quickest.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  dryrun balance examples/mixed-a100-h100-mi300x.yaml",
            "  dryrun balance my-job.yaml -o balanced.yaml && dryrun simulate balanced.yaml"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done, even where nothing quicker was found", "2:bad input", "3:internal error"})
final class BalanceCommand implements Callable<Integer> {
    @Parameters(paramLabel = "SCENARIO", description = "Scenario file, YAML or JSON.")
    private Path scenarioFile = Path.of("");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write the balanced scenario into a file; it extends the given one.")
    private @Nullable Path target;

    @Option(names = "--force", description = "Overwrite that file.")
    private boolean force;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    private final Output output;

    BalanceCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() {
        if (target != null && !force && Files.exists(target)) {
            throw refused(target, "the file is there already", "--force");
        }
        Scenario scenario = new ScenarioReader(common.openCatalog()).read(scenarioFile);
        if (!common.quiet) {
            scenario.notes().forEach(note -> output.note("note: " + note));
        }
        Balance balance = Balancer.balance(scenario.job());
        Path folder = target == null ? Path.of("") : target.toAbsolutePath().resolveSibling("");
        String yaml = BalanceYaml.write(balance, scenarioFile, folder);
        if (common.json) {
            output.json(BalanceJson.write(balance, yaml));
        } else {
            output.text(BalanceText.write(balance, output.paper(!common.noColor)));
        }
        if (target != null) {
            write(target, yaml);
        } else if (!common.json) {
            output.text("\n" + yaml);
        }
        return ExitCode.DONE;
    }

    private static void write(Path target, String yaml) {
        try {
            Files.write(target, yaml.getBytes(StandardCharsets.UTF_8));
        } catch (IOException | SecurityException e) {
            throw refused(target, "it cannot be written", "");
        }
    }

    private static InvalidInputException refused(Path target, String expected, String remedy) {
        return new InvalidInputException(
                List.of(new Problem(Position.onCommandLine(), "output", target.toString(), expected, remedy)));
    }
}
