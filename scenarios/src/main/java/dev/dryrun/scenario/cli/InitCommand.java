// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import dev.dryrun.hardware.catalog.InvalidInputException;
import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.hardware.catalog.Problem;
import dev.dryrun.scenario.io.JsonText;
import dev.dryrun.scenario.start.Answers;
import dev.dryrun.scenario.start.Beginning;
import dev.dryrun.scenario.start.Field;
import dev.dryrun.scenario.start.Interview;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dryrun init`: the first scenario of a job, asked for in a terminal or given by options, with a strategy that fits.
@Command(
        name = "init",
        description = {
            "Write a first scenario, with a strategy that fits in memory.",
            "In a terminal it asks for what no option gives; elsewhere all that is required has to be given."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  dryrun init my-job.yaml",
            "  dryrun init --model llama3-70b --node dgx-h100 --nodes 32 \\",
            "              --sequence-length 8192 --global-batch 512",
            "  dryrun init my-job.yaml --tensor 8 --recompute full    (asks for the rest)"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:written", "1:no strategy fits in memory", "2:bad input", "3:internal error"})
final class InitCommand implements Callable<Integer> {
    private static final String STANDARD_OUTPUT = "-";

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "Where to write; the scenario's name with .yaml where absent, - for standard output.")
    private @Nullable Path file;

    @Option(names = "--force", description = "Write over a file that is there already.")
    private boolean force;

    @Mixin
    private final JobOptions job = new JobOptions();

    @Mixin
    private final CommonOptions common = new CommonOptions();

    private final Output output;

    InitCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() {
        var catalog = common.openCatalog();
        var answers = new Answers(Known.COMMAND_LINE);
        job.into(answers);
        if (file != null && !answers.has(Field.NAME) && !toStandardOutput(file)) {
            answers.put(Field.NAME, stem(file));
        }
        if (file != null) {
            refuseExisting(file);
        }
        Keyboard person = output.keyboard();
        boolean complete = Field.required().stream().allMatch(answers::has);
        if (!complete && person != null && !new Interview(catalog, person).complete(answers)) {
            output.note("nothing was written");
            return ExitCode.BAD_INPUT;
        }
        Beginning.Outcome outcome = new Beginning(catalog).write(answers, heading());
        return switch (outcome) {
            case Beginning.Outcome.NothingFits(String reason) -> {
                output.note(reason);
                yield ExitCode.NO;
            }
            case Beginning.Outcome.Written written -> {
                write(written, file == null ? fileFor(written.scenario().job().name()) : file);
                yield ExitCode.DONE;
            }
        };
    }

    private static List<String> heading() {
        return List.of(
                "Written by dryrun init. The strategy is a first one that fits, not the best: its remarks say why it"
                        + " is",
                "as it is. `dryrun schema` tells an editor what else can stand here.");
    }

    private void write(Beginning.Outcome.Written written, Path target) {
        if (toStandardOutput(target)) {
            output.json(written.text());
            return;
        }
        refuseExisting(target);
        try {
            Files.writeString(target, written.text());
        } catch (IOException failure) {
            throw wrong(target, "not writable", "must be in a folder where files can be written", "");
        }
        if (common.json) {
            output.json(new JsonText()
                    .beginObject()
                    .field("schema", "dryrun/init/1")
                    .field("file", target.toString())
                    .field("scenario", written.scenario().resolved())
                    .endObject()
                    .toString());
            return;
        }
        output.text(target + ": " + written.summary() + "\n");
        if (!common.quiet) {
            output.note("next: dryrun simulate " + target);
        }
    }

    private void refuseExisting(Path target) {
        if (!force && !toStandardOutput(target) && Files.exists(target)) {
            throw wrong(target, "there already", "must not be overwritten unasked", "--force");
        }
    }

    private static InvalidInputException wrong(Path target, String found, String rule, String remedy) {
        Position place = Position.startOf(target.toString());
        return new InvalidInputException(List.of(new Problem(place, "", found, rule, remedy)));
    }

    private static boolean toStandardOutput(Path target) {
        return target.toString().equals(STANDARD_OUTPUT);
    }

    private static String stem(Path file) {
        String name = file.getFileName() == null ? "job" : file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    /// A file name for a scenario's name, which may hold anything.
    private static Path fileFor(String name) {
        return Path.of(name.replaceAll("[^A-Za-z0-9._-]", "-").replaceFirst("^[.-]+", "") + ".yaml");
    }
}
