// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import dev.dryrun.scenario.completion.Shell;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `dryrun completion`: a script by which a shell completes commands, options, values and names of the catalog.
@Command(
        name = "completion",
        description = "Print a script that completes commands in bash, zsh or fish.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nTo install it:%n",
        footer = {
            "  bash  dryrun completion bash > ~/.local/share/bash-completion/completions/dryrun",
            "        (needs the package bash-completion; else add to ~/.bashrc: source FILE)",
            "  zsh   dryrun completion zsh > ~/.zfunc/_dryrun",
            "        with these two lines in ~/.zshrc:  fpath+=~/.zfunc;  autoload -U compinit && compinit",
            "  fish  dryrun completion fish > ~/.config/fish/completions/dryrun.fish",
            "",
            "It serves ./dryrun as well. Names of the catalog are those of today; with a newer version, or after a",
            "change to your own catalog (--catalog DIR), write the script again."
        })
final class CompletionCommand implements Callable<Integer> {
    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
    private @Nullable Shell shell;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    private final Output output;
    private final Supplier<CommandLine> program;

    /// @param program with all its commands
    CompletionCommand(Output output, Supplier<CommandLine> program) {
        this.output = output;
        this.program = program;
    }

    @Override
    public Integer call() {
        if (shell == null) {
            throw new IllegalStateException("the command line was parsed without its shell");
        }
        var tree = new CommandTree(common.openCatalog());
        output.json(shell.script(tree.of(program.get())));
        return ExitCode.DONE;
    }
}
