// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.site;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.InvalidInputException;
import dev.dryrun.validation.published.table.UnreadableTable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Options of `calibrate --nccl-tests`, and what they ask for.
@Command
public final class SiteOptions {
    private static final int BAD_INPUT = 2;

    @Option(
            names = "--nccl-tests",
            arity = "1..*",
            paramLabel = "LOG",
            description = "Output of nccl-tests or rccl-tests as it is, of one kind of node.")
    private List<Path> logs = List.of();

    @Option(
            names = "--cluster",
            paramLabel = "NODE",
            description = "Node of the catalog that the runs used (told by the device's name on one node).")
    private String node = "";

    @Option(
            names = "--fabric",
            paramLabel = "NAME",
            description = "Fabric of the catalog between the nodes (fat-tree unless given).")
    private String fabric = "";

    @Option(
            names = "--collective",
            paramLabel = "NAME",
            description = "What runs whose logs do not say it did, such as all_reduce.")
    private String collective = "";

    @Option(names = "--name", paramLabel = "SITE", description = "Name of the site (my-room unless given).")
    private String name = "my-room";

    @Option(names = "--date", paramLabel = "DATE", description = "When the logs were taken, for the site file.")
    private String date = "";

    @Option(
            names = "--write",
            paramLabel = "FILE",
            description = "Write the site file, for `site: NAME` with --catalog (DIR/sites/NAME.yaml).")
    private @Nullable Path write;

    @Option(names = "--force", description = "Write over a file that is there.")
    private boolean force;

    @Option(
            names = "--catalog",
            paramLabel = "DIR",
            description = "A folder of your own catalog files; may be given several times.")
    private List<Path> catalog = List.of();

    /// Whether there is a log to calibrate to.
    public boolean areGiven() {
        return !logs.isEmpty();
    }

    /// Fits, prints, writes.
    ///
    /// @return the exit code
    public int calibrate(PrintStream out, PrintStream err) {
        if (!name.matches("[a-z0-9][a-z0-9.-]*")) {
            err.println("--name is \"" + name + "\", but must be lower-case letters, digits, dots and hyphens.");
            return BAD_INPUT;
        }
        if (write != null && Files.exists(write) && !force) {
            err.println(write + " is there already. Maybe --force, or another name.");
            return BAD_INPUT;
        }
        try {
            List<String> notes = new ArrayList<>();
            SiteFit fit = new SiteCalibration(new Catalog(catalog), node, fabric, collective).fit(logs, notes);
            String file = SiteFile.text(
                    name,
                    fit,
                    logs.stream().map(log -> log.getFileName().toString()).toList(),
                    date);
            var text = new PrintStream(out, false, StandardCharsets.UTF_8);
            text.print(new SiteReport(fit).text(notes));
            if (write == null) {
                text.print("\n" + file);
            } else {
                write(write, file);
                text.println("\nwritten: " + write);
            }
            text.flush();
            return 0;
        } catch (UnreadableTable | InvalidInputException | UnwritableFile bad) {
            err.println(bad.getMessage());
            return BAD_INPUT;
        }
    }

    private static void write(Path target, String text) {
        Path folder = target.toAbsolutePath().getParent();
        try {
            if (folder == null) {
                throw new UnwritableFile(target + " is no file that can be written");
            }
            Files.createDirectories(folder);
            Path beside = Files.createTempFile(folder, ".site", ".yaml");
            Files.writeString(beside, text);
            Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UnwritableFile(target + " cannot be written: " + e.getMessage());
        }
    }

    private static final class UnwritableFile extends RuntimeException {
        private static final long serialVersionUID = 1;

        UnwritableFile(String message) {
            super(message);
        }
    }
}
