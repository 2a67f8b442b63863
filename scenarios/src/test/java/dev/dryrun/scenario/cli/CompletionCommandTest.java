// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.scenario.completion.InstalledShell;
import dev.dryrun.scenario.completion.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The scripts know this program.
class CompletionCommandTest {
    @TempDir
    private Path folder;

    private static String script(Shell shell, String... more) {
        List<String> words = new java.util.ArrayList<>(List.of("completion", Entry.kebab(shell)));
        words.addAll(List.of(more));
        Run run = Run.of(words.toArray(String[]::new));
        assertEquals(0, run.exitCode(), run.err());
        return run.out();
    }

    @ParameterizedTest
    @EnumSource
    void theProgramIsCompleted(Shell shell) throws Exception {
        var installed = new InstalledShell(shell, folder);
        var offers = installed.offers(
                script(shell),
                List.of(
                        "dryrun sim",
                        "dryrun simulate --req",
                        "dryrun simulate --fidelity ",
                        "dryrun catalog stacks ",
                        "dryrun completion "));
        assertEquals(List.of("simulate"), List.copyOf(offers.get("dryrun sim")));
        assertEquals(List.of("--require-fit"), List.copyOf(offers.get("dryrun simulate --req")));
        assertEquals(List.of("folded", "full"), List.copyOf(offers.get("dryrun simulate --fidelity ")));
        assertEquals(new TreeSet<>(new Catalog(List.of()).names("stacks")), offers.get("dryrun catalog stacks "));
        assertEquals(List.of("bash", "fish", "zsh"), List.copyOf(offers.get("dryrun completion ")));
    }

    /// Written without asking any shell, so that it is tested everywhere.
    @ParameterizedTest
    @EnumSource
    void everyCommandAndNameIsInTheScript(Shell shell) {
        String script = script(shell);
        for (String word :
                List.of("simulate", "schema", "completion", "catalog", "kernel", "dgx-a100-80gb", "jean-zay")) {
            assertTrue(script.contains(word), word);
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesOfTheUsersCatalogAreOfferedUnlessAShellWouldTakeThemApart(Shell shell) throws Exception {
        Files.createDirectory(folder.resolve("nodes"));
        Files.writeString(folder.resolve("nodes").resolve("my-box.yaml"), "title: mine");
        Files.writeString(folder.resolve("nodes").resolve("my $(touch bad) box.yaml"), "title: mine");
        String script = script(shell, "--catalog", folder.toString());
        assertTrue(script.contains("my-box"));
        assertFalse(script.contains("touch bad"));
    }

    @Test
    void aWrongShellIsTold() {
        Run run = Run.of("completion", "tcsh");
        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("must be one of bash, zsh, fish, not \"tcsh\""), run.err());
    }
}
