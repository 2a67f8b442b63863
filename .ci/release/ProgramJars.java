// SPDX-License-Identifier: Apache-2.0
package release;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The jars of the program, in the order of its class path; a file `classpath` beside them gives it.
///
/// @param own those made of this checkout
public record ProgramJars(List<Path> all, List<Path> own) {
    /// Copies the jar with the commands and the jars that it needs into a folder.
    public static ProgramJars copy(Path jar, String classPath, String version, Path folder) throws IOException {
        if (!Files.isRegularFile(jar)) {
            throw new ReleaseFailure("there is no " + jar + "; it is built in the phase \"package\"");
        }
        List<Path> sources = new ArrayList<>(List.of(jar));
        Stream.of(classPath.split(File.pathSeparator))
                .map(Path::of)
                .filter(Files::isRegularFile)
                .forEach(sources::add);
        Files.createDirectories(folder);
        List<Path> all = new ArrayList<>();
        List<Path> own = new ArrayList<>();
        for (Path source : sources) {
            Path copy = Files.copy(source, folder.resolve(source.getFileName()));
            all.add(copy);
            if (copy.toString().endsWith("-" + version + ".jar")) {
                own.add(copy);
            }
        }
        Files.writeString(
                folder.resolve("classpath"),
                all.stream().map(copy -> copy.getFileName() + "\n").collect(Collectors.joining()));
        return new ProgramJars(List.copyOf(all), List.copyOf(own));
    }

    public String classPath() {
        return all.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /// Whoever passes on a library passes on its licence: each has to be named in a page, by its name without version.
    public void requireNamedIn(Path page) throws IOException {
        String text = Files.readString(page);
        List<String> unnamed = all.stream()
                .filter(jar -> !own.contains(jar))
                .map(jar -> jar.getFileName().toString().replaceFirst("-[0-9].*", ""))
                .filter(name -> !text.contains("`" + name + "`"))
                .toList();
        if (!unnamed.isEmpty()) {
            throw new ReleaseFailure(
                    page + " does not name " + String.join(", ", unnamed) + "; add each there, with its licence");
        }
    }
}
