// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.site;

import dev.dryrun.hardware.collective.CollectiveKind;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Options of a calibration to a machine room, mixed into the commands that do it.
@Command
public final class RoomOptions {
    @Option(
            names = "--cluster",
            paramLabel = "NODE*N",
            description = "Node of the catalog, and how many, where the names of the GPUs leave a choice.")
    @Nullable
    String cluster;

    @Option(
            names = "--fabric",
            paramLabel = "NAME",
            description = "Fabric of the catalog between the nodes (fat-tree unless given).")
    @Nullable
    String fabric;

    @Option(
            names = "--kind",
            paramLabel = "COLLECTIVE",
            description = "What was run, where neither a log nor its name says it.")
    @Nullable
    CollectiveKind kind;

    @Option(names = "--name", paramLabel = "SITE", description = "Name of the site (default: that of the file).")
    @Nullable
    String name;

    @Option(
            names = "--date",
            paramLabel = "DATE",
            description = "When the benchmarks ran, year first, where the logs do not say it.")
    @Nullable
    String date;

    @Option(names = "--write", paramLabel = "FILE", description = "Where to write the site: ROOM/sites/my-room.yaml.")
    @Nullable
    Path write;

    @Option(names = "--force", description = "Write over a file that is there already.")
    boolean force;

    @Option(names = "--catalog", paramLabel = "DIR", description = "A folder of your own catalog files.")
    List<Path> catalog = List.of();

    /// Where to write.
    public @Nullable Path write() {
        return write;
    }

    /// Name of what is written.
    public @Nullable String name() {
        return name;
    }

    /// Whether to write over a file that is there.
    public boolean force() {
        return force;
    }

    /// Folders of the user's catalog files.
    public List<Path> catalog() {
        return catalog;
    }
}
