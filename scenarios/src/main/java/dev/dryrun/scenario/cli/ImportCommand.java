// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.InvalidInputException;
import dev.dryrun.hardware.catalog.Nearest;
import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.hardware.catalog.Problem;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.scenario.imports.DraftGaps;
import dev.dryrun.scenario.imports.DraftTree;
import dev.dryrun.scenario.imports.DraftYaml;
import dev.dryrun.scenario.imports.Effect;
import dev.dryrun.scenario.imports.ImportFile;
import dev.dryrun.scenario.imports.Imported;
import dev.dryrun.scenario.imports.Importer;
import dev.dryrun.scenario.imports.Importers;
import dev.dryrun.scenario.imports.ScenarioDraft;
import dev.dryrun.scenario.report.ImportJson;
import dev.dryrun.scenario.report.ImportText;
import dev.dryrun.scenario.spec.ScenarioReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dryrun import`: a scenario from a file of another program, and what became of each of its options.
@Command(
        name = "import",
        description = {
            "Make a scenario of a launch script, a job file or a model's configuration.",
            "The scenario goes to standard output, what became of each option to standard error."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  dryrun import megatron train.sh --node dgx-a100-80gb -o job.yaml",
            "  dryrun import megatron train.sh --env NNODES=16 --node dgx-h100 > job.yaml",
            "  dryrun import megatron train.sh --json"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, even where something is left to fill in",
            "1:the answer is no: an option is not modelled (--strict)",
            "2:bad input, or the scenario that came out of it",
            "3:internal error"
        })
final class ImportCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "KIND",
            description = "Kind of file: ${COMPLETION-CANDIDATES}.",
            completionCandidates = Kinds.class)
    private String kind = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "The file.")
    private Path file = Path.of("");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write the scenario into a file.")
    private @Nullable Path target;

    @Option(names = "--force", description = "Overwrite that file.")
    private boolean force;

    @Option(names = "--strict", description = "Exit with 1 if an option is not modelled.")
    private boolean strict;

    @Option(
            names = "--env",
            paramLabel = "NAME=VALUE",
            description = "A variable that the file refers to; may be given several times.")
    private Map<String, String> environment = Map.of();

    @Mixin
    private final DraftOptions filled = new DraftOptions();

    @Mixin
    private final CommonOptions common = new CommonOptions();

    private final Output output;

    ImportCommand(Output output) {
        this.output = output;
    }

    /// The kinds, for help.
    static final class Kinds extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Kinds() {
            super(Importers.names());
        }
    }

    @Override
    public Integer call() {
        Importer importer = importer();
        refuseToOverwrite();
        var catalog = common.openCatalog();
        var problems = new Problems();
        filled.check(catalog, problems);
        problems.throwIfAny();
        Imported imported =
                ImportFile.read(importer, file.toString(), file, environment, filled.gpus(catalog), problems);
        if (imported == null || !problems.isEmpty()) {
            throw new InvalidInputException(problems.all());
        }
        ScenarioDraft draft = imported.draft();
        filled.layOver(draft, catalog);
        complete(draft);
        String yaml = DraftYaml.write(
                draft, List.of("Imported from " + file + " with dryrun import " + importer.name() + "."));
        Map<String, String> gaps = DraftGaps.of(draft);
        List<Problem> wrong = gaps.isEmpty() ? check(draft, catalog) : List.of();
        write(yaml);
        if (common.json) {
            output.json(ImportJson.write(importer.name(), file.toString(), imported, gaps, wrong, yaml));
        } else {
            tell(imported, gaps);
        }
        wrong.forEach(problem -> output.note(problem.message()));
        if (!wrong.isEmpty()) {
            return ExitCode.BAD_INPUT;
        }
        return strict && ImportText.count(imported, Effect.NOT_MODELLED) > 0 ? ExitCode.NO : ExitCode.DONE;
    }

    private Importer importer() {
        Importer importer = Importers.byName(kind);
        if (importer == null) {
            String nearest = Nearest.quoted(kind, Importers.names());
            String remedy = nearest.isEmpty() ? "one of " + String.join(", ", Importers.names()) : nearest;
            throw refused("kind", "\"" + kind + "\"", "no files of such a kind are read", remedy);
        }
        return importer;
    }

    private void refuseToOverwrite() {
        if (target != null && !force && Files.exists(target)) {
            throw refused("output", target.toString(), "the file is there already", "--force");
        }
    }

    private static InvalidInputException refused(String field, String found, String expected, String remedy) {
        Position here = Position.onCommandLine();
        return new InvalidInputException(List.of(new Problem(here, field, found, expected, remedy)));
    }

    /// Says what kind of file the scenario is, and names it after the file where nobody did.
    private void complete(ScenarioDraft draft) {
        Position start = Position.startOf(file.toString());
        draft.set("schema", ScenarioReader.SCHEMA, start, "");
        if (draft.get("name") == null) {
            Path last = file.getFileName();
            draft.set("name", last == null ? "imported" : ScenarioReader.stem(last.toString()), start, "");
        }
    }

    /// What a scenario without gaps gets wrong, told where the values were taken from.
    private List<Problem> check(ScenarioDraft draft, Catalog catalog) {
        var problems = new Problems();
        try {
            new ScenarioReader(catalog).read(DraftTree.document(file.toString(), draft, problems), problems);
            return List.of();
        } catch (InvalidInputException bad) {
            return bad.problems();
        }
    }

    private void write(String yaml) {
        if (target == null) {
            if (!common.json) {
                output.json(yaml);
            }
            return;
        }
        try {
            Files.write(target, yaml.getBytes(StandardCharsets.UTF_8));
        } catch (IOException | SecurityException e) {
            throw refused("output", target.toString(), "it cannot be written", "");
        }
    }

    private void tell(Imported imported, Map<String, String> gaps) {
        if (!common.quiet) {
            output.note(ImportText.write(imported).stripTrailing());
        }
        gaps.forEach((key, why) -> output.note("fill in " + key + ": " + why));
    }
}
