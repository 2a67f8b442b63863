// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.completion;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dryrun.hardware.catalog.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/// A shell of this machine that is asked what a completion script offers. A test that needs one that is not installed
/// is skipped, and says so.
public final class InstalledShell {
    private final Shell shell;
    private final Path folder;

    public InstalledShell(Shell shell, Path folder) {
        this.shell = shell;
        this.folder = folder;
        String name = Entry.kebab(shell);
        assumeTrue(isInstalled(name), name + " is not installed here");
    }

    private static boolean isInstalled(String name) {
        return List.of(System.getenv().getOrDefault("PATH", "").split(":")).stream()
                .anyMatch(dir -> Files.isExecutable(Path.of(dir, name)));
    }

    /// What the script offers for each of the lines, with the cursor at its end.
    public Map<String, SortedSet<String>> offers(String script, List<String> lines) throws Exception {
        String name = Entry.kebab(shell);
        Path file = Files.writeString(folder.resolve("completion." + name), script);
        List<String> command = new ArrayList<>(
                switch (shell) {
                    case BASH -> List.of("bash", "--noprofile", "--norc");
                    case ZSH -> List.of("zsh", "-f");
                    case FISH -> List.of("fish", "--no-config");
                });
        command.add(question(name).toString());
        command.add(file.toString());
        command.addAll(lines);
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("TERM", "dumb");
        Process process = builder.start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), name + " does not end");
        assertTrue(Files.readString(err).isBlank(), Files.readString(err));
        return read(Files.readString(out));
    }

    private Path question(String name) throws IOException {
        try (InputStream file = InstalledShell.class.getResourceAsStream("ask." + name)) {
            Path copy = folder.resolve("ask." + name);
            Files.write(copy, file.readAllBytes());
            return copy;
        }
    }

    private static Map<String, SortedSet<String>> read(String out) {
        Map<String, SortedSet<String>> offers = new LinkedHashMap<>();
        SortedSet<String> words = new TreeSet<>();
        for (String line : out.lines().map(each -> each.replace("\r", "")).toList()) {
            if (line.startsWith("? ")) {
                words = new TreeSet<>();
                offers.put(line.substring(2), words);
            } else if (!line.isBlank()) {
                words.add(line.strip());
            }
        }
        return offers;
    }
}
