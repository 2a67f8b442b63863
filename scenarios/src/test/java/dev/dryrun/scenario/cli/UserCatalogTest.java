// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserCatalogTest {
    @TempDir
    private Path home;

    @Test
    void theFolderOfTheUserComesBeforeThoseGiven() throws Exception {
        Path own = Files.createDirectories(home.resolve(".config/dryrun"));
        Path given = home.resolve("given");
        assertEquals(List.of(own, given), UserCatalog.folders(Map.of("HOME", home.toString()), List.of(given)));
    }

    @Test
    void theXdgVariableMovesIt() throws Exception {
        Files.createDirectories(home.resolve(".config/dryrun"));
        Path moved = Files.createDirectories(home.resolve("etc/dryrun"));
        String variable = home.resolve("etc").toString();
        assertEquals(
                List.of(moved),
                UserCatalog.folders(Map.of("HOME", home.toString(), "XDG_CONFIG_HOME", variable), List.of()));
    }

    @Test
    void whatIsNotThereIsNoProblem() {
        assertEquals(List.of(), UserCatalog.folders(Map.of("HOME", home.toString()), List.of()));
        assertEquals(List.of(), UserCatalog.folders(Map.of(), List.of()));
        assertEquals(List.of(), UserCatalog.folders(Map.of("XDG_CONFIG_HOME", "relative", "HOME", "\0"), List.of()));
    }
}
