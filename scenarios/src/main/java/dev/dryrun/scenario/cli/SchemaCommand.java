// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import dev.dryrun.scenario.schema.FileSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `dryrun schema`: the JSON Schema by which editors complete and check scenario files.
@Command(
        name = "schema",
        description = {
            "Print the JSON Schema of scenario files, for editors.",
            "With a kind, that of the catalog's files of that kind."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  dryrun schema > dryrun.schema.json",
            "  dryrun schema node > node.schema.json",
            "",
            "The first line of a scenario then tells editors that use the YAML language server:",
            "  # yaml-language-server: $schema=dryrun.schema.json"
        })
final class SchemaCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "KIND",
            defaultValue = FileSchema.SCENARIO,
            completionCandidates = Words.FileKinds.class,
            description = "Kind of file: scenario, or a kind of catalog entry (default scenario).")
    private String kind = FileSchema.SCENARIO;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    private final Output output;

    SchemaCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() {
        var catalog = common.openCatalog();
        String known = Known.word(kind, FileSchema.kinds(), "kind", "no such kind of file has a schema");
        output.json(FileSchema.write(known, catalog));
        return ExitCode.DONE;
    }
}
