// SPDX-License-Identifier: Apache-2.0

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import release.AheadOfTime;
import release.ArchiveFolder;
import release.ProgramJars;
import release.ReleaseFailure;
import release.RuntimeImage;
import release.Tarball;

/// Makes the archive of a release: the program with a Java of its own, for machines on which nothing is installed.
///
/// Usage: `java Release.java VERSION TIMESTAMP ROOT BUILD JAR CLASSPATH`: the time that all files get, the checkout,
/// the folder that is built into, the jar with the commands, and the class path of what it needs. Lays the archive out
/// as `BUILD/release/dryrun-VERSION` and packs it as `BUILD/dryrun-VERSION-PLATFORM.tar.gz`. What is in the way is said
/// in a line, with exit code 1.
final class Release {
    /// What a user of the program reads, below the folder `docs` of the checkout.
    private static final List<String> DOCS = List.of(
            "install.md",
            "scenario.md",
            "mixed.md",
            "strategies.md",
            "catalog.md",
            "import.md",
            "network.md",
            "calibrate.md",
            "estimate.md",
            "train.md",
            "glossary.md",
            "models");

    public static void main(String[] args) throws IOException, InterruptedException {
        try {
            make(args[0], Instant.parse(args[1]), Path.of(args[2]), Path.of(args[3]), Path.of(args[4]), args[5]);
        } catch (ReleaseFailure failure) {
            System.err.println("release: " + failure.getMessage());
            System.exit(1);
        }
    }

    private static void make(String version, Instant time, Path root, Path build, Path jar, String classPath)
            throws IOException, InterruptedException {
        Path parts = root.resolve(".ci/release");
        String name = "dryrun-" + version;
        var archive = ArchiveFolder.empty(build.resolve("release").resolve(name));

        var jars = ProgramJars.copy(jar, classPath, version, archive.path("lib"));
        jars.requireNamedIn(parts.resolve("LIBRARIES.md"));
        StackMaps.main(new String[] {archive.path("lib").toString()});

        System.out.println("release: linking a Java for it ...");
        RuntimeImage.link(jars, archive.path("runtime"));

        var words =
                Map.of("@VERSION@", version, "@PLATFORM@", platform(), "@JAVA@", System.getProperty("java.vm.version"));
        archive.addText(parts.resolve("dryrun"), "bin/dryrun", words);
        archive.makeExecutable("bin/dryrun");
        archive.addText(parts.resolve("README.md"), "README.md", words);
        archive.addText(parts.resolve("LIBRARIES.md"), "LIBRARIES.md", words);
        archive.add(root.resolve("LICENSE"), "LICENSE");
        archive.add(root.resolve("examples"), "examples");
        for (String doc : DOCS) {
            archive.add(root.resolve("docs").resolve(doc), "docs/" + doc);
        }

        System.out.println("release: training its ahead-of-time cache ...");
        archive.setTimes(time); // the cache is for jars of this age
        AheadOfTime.train(archive, jars, parts.resolve("training.txt"));
        archive.setTimes(time);

        Path file = build.resolve(name + "-" + platform() + ".tar.gz");
        Tarball.pack(archive.folder(), file);
        System.out.printf(Locale.ROOT, "release: %s, %.1f MB%n", file, Files.size(file) / 1e6);
    }

    /// The machines that the archive is for: such as this one, because it gets the Java that runs this.
    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch");
        return (system.startsWith("mac") ? "macos" : system) + "-" + (machine.equals("amd64") ? "x86_64" : machine);
    }
}
