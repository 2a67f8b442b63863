// SPDX-License-Identifier: Apache-2.0
package release;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The ahead-of-time cache of the archive: loaded classes and profiles of some command lines, run once for it.
///
/// The JVM takes the cache if it is of its own build, fits the kind of heap, and the class path has the same jars, by
/// name, size and age, in whatever folder. (It is made in two steps, because Java 25 forgets to look at the jars of a
/// cache that it made in one.)
public final class AheadOfTime {
    private static final int LAST_LINES = 5;

    private AheadOfTime() {}

    /// Runs the command lines of a file in the folder of the archive, and leaves the cache as `lib/aot`.
    public static void train(ArchiveFolder archive, ProgramJars jars, Path commandLines)
            throws IOException, InterruptedException {
        Path recording = archive.folder().resolveSibling("training.aotconf");
        Path cache = archive.path("lib/aot");
        run(
                archive,
                jars,
                "training.log",
                List.of("-Xlog:disable", "-XX:AOTMode=record", "-XX:AOTConfiguration=" + recording),
                List.of("dev.dryrun.scenario.cli.Training", commandLines.toString()));
        run(
                archive,
                jars,
                "cache.log",
                List.of("-XX:AOTMode=create", "-XX:AOTConfiguration=" + recording, "-XX:AOTCache=" + cache),
                List.of());
        if (!Files.isRegularFile(cache)) {
            throw new ReleaseFailure(
                    "Java made no ahead-of-time cache; see " + archive.folder().resolveSibling("cache.log"));
        }
    }

    private static void run(
            ArchiveFolder archive, ProgramJars jars, String logName, List<String> mode, List<String> program)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(archive.path("runtime/bin/java").toString()));
        command.addAll(mode);
        // The collector and the kind of references that the launcher asks for.
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:+UseCompressedOops", "-cp", jars.classPath()));
        command.addAll(program);
        Path log = archive.folder().resolveSibling(logName);
        int code = new ProcessBuilder(command)
                .directory(archive.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(log.toFile()))
                .start()
                .waitFor();
        if (code != 0) {
            List<String> lines = Files.readAllLines(log);
            List<String> last = lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
            throw new ReleaseFailure("the ahead-of-time cache cannot be trained; %s ends with:%n%s"
                    .formatted(log, String.join("\n", last)));
        }
    }
}
