// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `dryrun network`: questions about the network of a cluster alone.
@Command(
        name = "network",
        description = "Look at the network of a cluster alone: what collectives take, which way bytes go, what binds.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  dryrun network bench --cluster dgx-a100-80gb*2 --kind all-reduce --size 8KiB..8GiB",
            "  dryrun network show examples/gpt3-175b-a100.yaml --html network.html",
            "  dryrun network import nccl-topo.xml -o my-catalog/nodes/my-node.yaml"
        })
final class NetworkCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    static CommandLine commandLine(Output output) {
        return new CommandLine(new NetworkCommand())
                .addSubcommand(new NetworkBenchCommand(output))
                .addSubcommand(new NetworkShowCommand(output))
                .addSubcommand(new NetworkImportCommand(output));
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
