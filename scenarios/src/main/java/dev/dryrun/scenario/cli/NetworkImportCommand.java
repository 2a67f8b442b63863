// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import dev.dryrun.hardware.catalog.InvalidInputException;
import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.hardware.catalog.Problem;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.hardware.catalog.Unit;
import dev.dryrun.scenario.graph.GraphFile;
import dev.dryrun.scenario.graph.GraphFormats;
import dev.dryrun.scenario.graph.GraphImport;
import dev.dryrun.scenario.report.GraphJson;
import dev.dryrun.scenario.report.GraphText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dryrun network import`: a node, or a cluster, from the graph of another program.
@Command(
        name = "import",
        description = {
            "Make a node of the catalog, or a cluster, of a graph that another program wrote.",
            "The YAML goes to standard output, what was assumed to standard error."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  nvidia-smi topo -m > topo.txt; dryrun network import topo.txt --accelerator h100-sxm-80gb",
            "  dryrun network import nccl-topo.xml -o my-catalog/nodes/my-node.yaml",
            "  dryrun network import cluster.graphml --accelerator mi300x -o cluster.yaml"
        })
final class NetworkImportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The file: nvidia-smi topo -m, NCCL's XML, GraphML, InfraGraph, ...")
    private Path file = Path.of("");

    @Option(
            names = "--format",
            paramLabel = "NAME",
            completionCandidates = Formats.class,
            description = "Its format, where the file does not tell by itself: ${COMPLETION-CANDIDATES}.")
    private @Nullable String format;

    @Option(
            names = "--accelerator",
            paramLabel = "NAME",
            completionCandidates = CatalogWords.Accelerators.class,
            description = "Which GPUs of the catalog these are, where the file does not say so.")
    private @Nullable String accelerator;

    @Option(
            names = "--nic-bandwidth",
            paramLabel = "RATE",
            description = "Line rate of an interface, such as 400Gb/s, where the file does not say so or is wrong.")
    private @Nullable String nicBandwidth;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write the YAML into a file.")
    private @Nullable Path target;

    @Option(names = "--force", description = "Overwrite that file.")
    private boolean force;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    private final Output output;

    NetworkImportCommand(Output output) {
        this.output = output;
    }

    /// The formats, for help.
    static final class Formats extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Formats() {
            super(GraphFormats.names());
        }
    }

    @Override
    public Integer call() {
        if (target != null && !force && Files.exists(target)) {
            throw refused("output", target.toString(), "the file is there already", "--force");
        }
        var problems = new Problems();
        GraphImport imported =
                GraphFile.read(file.toString(), file, format, accelerator, nicRate(), common.openCatalog(), problems);
        if (imported == null || !problems.isEmpty()) {
            throw new InvalidInputException(problems.all());
        }
        write(imported.yaml());
        if (common.json) {
            output.json(GraphJson.write(file.toString(), imported));
        } else if (!common.quiet && !imported.findings().isEmpty()) {
            output.note(GraphText.write(imported).stripTrailing());
        }
        return ExitCode.DONE;
    }

    private OptionalDouble nicRate() {
        if (nicBandwidth == null) {
            return OptionalDouble.empty();
        }
        double rate = Unit.BYTES_PER_SECOND.read(nicBandwidth);
        if (!(rate > 0) || Double.isInfinite(rate)) {
            throw refused("nic-bandwidth", "\"" + nicBandwidth + "\"", "must be a rate such as 400Gb/s", "");
        }
        return OptionalDouble.of(rate);
    }

    private static InvalidInputException refused(String field, String found, String expected, String remedy) {
        return new InvalidInputException(
                List.of(new Problem(Position.onCommandLine(), field, found, expected, remedy)));
    }

    private void write(String yaml) {
        if (target == null) {
            if (!common.json) {
                output.json(yaml);
            }
            return;
        }
        try {
            Path folder = target.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.write(target, yaml.getBytes(StandardCharsets.UTF_8));
        } catch (IOException | SecurityException e) {
            throw refused("output", target.toString(), "it cannot be written", "");
        }
    }
}
