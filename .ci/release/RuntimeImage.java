// SPDX-License-Identifier: Apache-2.0
package release;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.spi.ToolProvider;

/// The Java of the archive: the JVM and the modules that the program needs, linked out of the JDK that runs this.
///
/// A JDK has its modules as files in its folder `jmods`, or links from its own run-time image (JEP 493), as Temurin
/// does from 24 on. With neither it cannot be linked from.
public final class RuntimeImage {
    /// What libraries without a module descriptor need: Apfloat asks how large the heap is. Commons Math can move lines
    /// of the plane by a transform of java.desktop, which nobody here asks for and which is large.
    private static final List<String> OF_OLD_LIBRARIES = List.of("java.management");

    /// What libraries name and nobody here reaches, and what is large: ANTLR can show trees in windows, Commons Lang
    /// listens to properties of beans.
    private static final Set<String> NOT_REACHED = Set.of("java.desktop");

    private RuntimeImage() {}

    public static void link(ProgramJars jars, Path target) {
        var modules = new TreeSet<>(OF_OLD_LIBRARIES);
        modules.addAll(List.of(usedBy(jars.own()).split(",")));
        ModuleFinder.of(jars.all().toArray(Path[]::new)).findAll().forEach(library -> addRequired(library, modules));
        modules.removeAll(NOT_REACHED);
        // Not compressed: the archive is, better, and starting from plain classes is faster.
        run(
                "jlink",
                List.of(
                        "--add-modules",
                        String.join(",", modules),
                        "--strip-debug",
                        "--no-header-files",
                        "--no-man-pages",
                        "--compress=zip-0",
                        "--output",
                        target.toString()));
    }

    /// The modules of Java without which a library, by its own word, cannot do.
    private static void addRequired(ModuleReference library, Set<String> modules) {
        for (Requires required : library.descriptor().requires()) {
            boolean ofJava = ModuleFinder.ofSystem().find(required.name()).isPresent();
            if (ofJava && !required.modifiers().contains(Requires.Modifier.STATIC)) {
                modules.add(required.name());
            }
        }
    }

    /// The modules of Java whose classes our own classes name, separated by commas.
    private static String usedBy(List<Path> jars) {
        var arguments = new ArrayList<>(List.of(
                "--multi-release",
                Integer.toString(Runtime.version().feature()),
                "--ignore-missing-deps",
                "--print-module-deps"));
        jars.forEach(jar -> arguments.add(jar.toString()));
        return run("jdeps", arguments).strip();
    }

    private static String run(String name, List<String> arguments) {
        ToolProvider tool = ToolProvider.findFirst(name)
                .orElseThrow(() -> new ReleaseFailure(home() + " has no " + name + "; build with a full JDK"));
        var answer = new StringWriter();
        var complaints = new StringWriter();
        if (tool.run(new PrintWriter(answer), new PrintWriter(complaints), arguments.toArray(String[]::new)) != 0) {
            throw new ReleaseFailure("%s of %s failed:%n%s%s%s".formatted(name, home(), answer, complaints, remedy()));
        }
        return answer.toString();
    }

    private static String remedy() {
        if (Files.isDirectory(home().resolve("jmods"))) {
            return "";
        }
        return "It has no folder jmods, so it has to link from its own image. Where it cannot (jlink --help tells,"
            + " under Capabilities) or its files were changed, add its vendor's jmods or take another JDK, Temurin for"
            + " example: JAVA_HOME=/path/to/jdk mvn ...";
    }

    private static Path home() {
        return Path.of(System.getProperty("java.home"));
    }
}
