// SPDX-License-Identifier: Apache-2.0
package release;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The ahead-of-time cache of the archive: loaded classes and profiles of some command lines, run once for it.
///
/// The JVM takes the cache if it is of its own build and fits the kind of heap, in whatever folder. Whether it notices
/// that a jar is another one differs between versions of Java, so a cache goes with its jars, which all have one age.
public final class AheadOfTime {
    private static final int LAST_LINES = 20;

    private AheadOfTime() {}

    /// Runs the command lines of a file in the folder of the archive, and leaves the cache as `lib/aot`.
    public static void train(ArchiveFolder archive, ProgramJars jars, Path commandLines)
            throws IOException, InterruptedException {
        Path cache = archive.path("lib/aot");
        Path log = archive.folder().resolveSibling("training.log");
        // The collector and the kind of references that the launcher asks for.
        int code = new ProcessBuilder(
                        archive.path("runtime/bin/java").toString(),
                        "-XX:AOTCacheOutput=" + cache,
                        "-XX:+UseSerialGC",
                        "-XX:+UseCompressedOops",
                        "-cp",
                        jars.classPath(),
                        "dev.dryrun.scenario.cli.Training",
                        commandLines.toString())
                .directory(archive.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(log.toFile()))
                .start()
                .waitFor();
        if (code != 0 || !Files.isRegularFile(cache)) {
            List<String> lines = Files.readAllLines(log);
            throw new ReleaseFailure(
                    "the training of the ahead-of-time cache on %s ended with exit code %d%s; the end of %s:%n%s"
                            .formatted(
                                    commandLines,
                                    code,
                                    code == 0 ? " and no cache" : "",
                                    log,
                                    String.join(
                                            "\n",
                                            lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()))));
        }
    }
}
