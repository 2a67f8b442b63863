// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import dev.dryrun.hardware.topology.Network;
import dev.dryrun.hardware.topology.NetworkExport;
import dev.dryrun.scenario.report.NetworkText;
import dev.dryrun.scenario.report.Paper;
import dev.dryrun.scenario.spec.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `dryrun network show`: what the network of a scenario is made of, and the way between two ranks.
@Command(
        name = "show",
        description = "What the network of a scenario is made of, what its halves can exchange, which way bytes go.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  dryrun network show examples/gpt3-175b-a100.yaml",
            "  dryrun network show my-job.yaml --from 0 --to 64",
            "  dryrun network show my-job.yaml --graphml network.graphml --dot network.dot"
        })
final class NetworkShowCommand implements Callable<Integer> {
    @Parameters(paramLabel = "SCENARIO", description = "Scenario file, YAML or JSON.")
    private @Nullable Path scenario;

    @Option(names = "--from", paramLabel = "RANK", defaultValue = "0", description = "Where the way begins (0).")
    private int from;

    @Option(
            names = "--to",
            paramLabel = "RANK",
            defaultValue = "-1",
            description = "Where it ends (the last GPU unless given).")
    private int to;

    @Option(names = "--graphml", paramLabel = "FILE", description = "Write the graph as GraphML.")
    private @Nullable Path graphMl;

    @Option(names = "--dot", paramLabel = "FILE", description = "Write the graph for Graphviz.")
    private @Nullable Path dot;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Output output;

    NetworkShowCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() {
        if (scenario == null) {
            throw new IllegalStateException("the command line was parsed without its scenario");
        }
        Network network = new ScenarioReader(common.openCatalog())
                .read(scenario)
                .job()
                .cluster()
                .network();
        int gpus = network.cluster().gpus();
        int end = to < 0 ? gpus - 1 : to;
        if (from < 0 || from >= gpus || end >= gpus) {
            throw new ParameterException(spec.commandLine(), "--from and --to must be ranks from 0 to " + (gpus - 1));
        }
        Paper paper = output.paper(!common.noColor);
        output.text(NetworkText.counts(network, paper));
        if (from != end) {
            output.text(NetworkText.way(network, from, end, paper));
        }
        if (graphMl != null) {
            write(graphMl, NetworkExport.graphMl(network));
        }
        if (dot != null) {
            write(dot, NetworkExport.dot(network));
        }
        return ExitCode.DONE;
    }

    private void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "cannot write " + file + ": " + e.getMessage());
        }
    }
}
