// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.completion;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The same questions to every shell, about a program that has one of everything.
class ShellTest {
    private static final CommandWords.Option HELP =
            new CommandWords.Option(List.of("-h", "--help"), "It's [all] here: `$(x)`", "", new Values.None(), false);
    private static final CommandWords PROGRAM = command(
            List.of(),
            List.of(HELP),
            List.of(),
            command(
                    List.of("paint"),
                    List.of(
                            HELP,
                            option("--colour", new Values.Words(List.of("red", "green", "grey")), false),
                            option("--into", new Values.Folders(), true),
                            option("--times", new Values.Free(), false)),
                    List.of(new CommandWords.Operand("FILE", new Values.Files(), false))),
            command(
                    List.of("pick"),
                    List.of(HELP),
                    List.of(
                            new CommandWords.Operand("KIND", new Values.Words(List.of("cat", "cow", "dog")), false),
                            new CommandWords.Operand(
                                    "NAME",
                                    new Values.WordsByOperandBefore(
                                            Map.of("cat", List.of("tom", "kit"), "dog", List.of("rex"))),
                                    false))),
            command(
                    List.of("run"),
                    List.of(HELP),
                    List.of(),
                    command(
                            List.of("run", "fast"),
                            List.of(HELP, option("--far", new Values.None(), false)),
                            List.of()),
                    command(
                            List.of("run", "slow"),
                            List.of(),
                            List.of(new CommandWords.Operand("WORD", new Values.Words(List.of("so", "very")), true)))));

    @TempDir
    private Path folder;

    private static CommandWords command(
            List<String> path,
            List<CommandWords.Option> options,
            List<CommandWords.Operand> operands,
            CommandWords... below) {
        return new CommandWords(path, "What's \"" + path + "\": [this]", options, operands, List.of(below));
    }

    private static CommandWords.Option option(String name, Values values, boolean repeatable) {
        return new CommandWords.Option(List.of(name), "Option " + name, "<x>", values, repeatable);
    }

    @ParameterizedTest
    @EnumSource
    void commandsOptionsValuesAndFiles(Shell shell) throws Exception {
        var installed = new InstalledShell(shell, folder);
        Files.createDirectory(folder.resolve("inner"));
        Files.writeString(folder.resolve("input.yaml"), "");
        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("dryrun p", "paint pick");
        expected.put("dryrun --h", "--help");
        expected.put("./dryrun ru", "run");
        expected.put("dryrun paint --co", "--colour");
        expected.put("dryrun paint --colour gr", "green grey");
        expected.put("dryrun paint --times 3 --colour r", "red");
        expected.put("dryrun pick ", "cat cow dog");
        expected.put("dryrun pick c", "cat cow");
        expected.put("dryrun pick cat ", "kit tom");
        expected.put("dryrun pick --help dog ", "rex");
        expected.put("dryrun run ", "fast slow");
        expected.put("dryrun run fast --f", "--far");
        expected.put("dryrun run slow so v", "very");
        if (shell != Shell.ZSH) { // which hands files to compadd in parts
            expected.put("dryrun paint in", shell == Shell.FISH ? "inner/ input.yaml" : "inner input.yaml");
            expected.put("dryrun paint --into in", shell == Shell.FISH ? "inner/" : "inner");
        }
        Map<String, SortedSet<String>> offers = installed.offers(shell.script(PROGRAM), List.copyOf(expected.keySet()));
        expected.forEach((line, words) ->
                assertEquals(new TreeSet<>(List.of(words.split(" "))), offers.get(line), shell + ": " + line));
    }
}
