// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.InvalidInputException;
import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.hardware.catalog.Problem;
import dev.dryrun.hardware.topology.Cluster;
import dev.dryrun.hardware.topology.Network;
import dev.dryrun.hardware.topology.NetworkExport;
import dev.dryrun.scenario.network.Way;
import dev.dryrun.scenario.picture.NetworkPage;
import dev.dryrun.scenario.report.NetworkJson;
import dev.dryrun.scenario.report.NetworkText;
import dev.dryrun.scenario.report.Paper;
import dev.dryrun.scenario.spec.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `dryrun network show`: what the network of a scenario, or of nodes of the catalog, is made of, and the way between
/// two ranks.
@Command(
        name = "show",
        description = "What a network is made of, what its halves can exchange, which way bytes go.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  dryrun network show examples/gpt3-175b-a100.yaml",
            "  dryrun network show my-job.yaml --from 0 --to 64 --html network.html",
            "  dryrun network show --cluster hgx-h100*4 --fabric rail-optimised --html network.html",
            "  dryrun network show my-job.yaml --graphml network.graphml --dot network.dot"
        })
final class NetworkShowCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "SCENARIO",
            arity = "0..1",
            description = "Scenario file, YAML or JSON; --cluster in its stead.")
    private @Nullable Path scenario;

    @Mixin
    private final ClusterOption clusterOption = new ClusterOption();

    @Option(names = "--from", paramLabel = "RANK", defaultValue = "0", description = "Where the way begins (0).")
    private int from;

    @Option(
            names = "--to",
            paramLabel = "RANK",
            defaultValue = "-1",
            description = "Where it ends (the last GPU unless given).")
    private int to;

    @Option(names = "--html", paramLabel = "FILE", description = "Write a page with a picture of it.")
    private @Nullable Path html;

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
        Network network = cluster(common.openCatalog()).network();
        Way way = way(network);
        if (html != null) {
            write(html, NetworkPage.write(network, way));
        }
        if (graphMl != null) {
            write(graphMl, NetworkExport.graphMl(network));
        }
        if (dot != null) {
            write(dot, NetworkExport.dot(network));
        }
        Paper paper = output.paper(!common.noColor);
        if (common.json) {
            output.json(NetworkJson.write(network, way));
        } else {
            output.text(NetworkText.counts(network, paper));
            if (way != null) {
                output.text(NetworkText.way(way, paper));
            }
        }
        return ExitCode.DONE;
    }

    private Cluster cluster(Catalog catalog) {
        if (scenario == null && clusterOption.isGiven()) {
            return clusterOption.read(catalog).cluster();
        }
        if (scenario == null || clusterOption.isGiven()) {
            throw new ParameterException(
                    spec.commandLine(), "the network of what? name either a SCENARIO or --cluster NODE*N");
        }
        Cluster cluster = new ScenarioReader(catalog).read(scenario).job().cluster();
        if (cluster.isMixed()) {
            throw new InvalidInputException(List.of(new Problem(
                    Position.startOf(scenario.toString()),
                    "cluster.parts",
                    cluster.parts().size() + " parts",
                    "cannot be shown, as what is shown is a network where all nodes are equal",
                    "--cluster " + cluster.node().name() + "*"
                            + cluster.parts().getFirst().nodes())));
        }
        return cluster;
    }

    /// The way that was asked for; null where it has no length.
    private @Nullable Way way(Network network) {
        int gpus = network.cluster().gpus();
        int end = to < 0 ? gpus - 1 : to;
        if (from < 0 || from >= gpus || end >= gpus) {
            throw new ParameterException(spec.commandLine(), "--from and --to must be ranks from 0 to " + (gpus - 1));
        }
        return from == end ? null : Way.of(network, from, end);
    }

    private void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new ParameterException(
                    spec.commandLine(), "cannot write " + file + "; its folder must exist and be writable");
        }
    }
}
