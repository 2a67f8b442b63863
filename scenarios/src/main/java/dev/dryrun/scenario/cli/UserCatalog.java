// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the user keeps catalog files of their own: `$XDG_CONFIG_HOME/dryrun`, which is `~/.config/dryrun` unless the
/// variable says otherwise.
public final class UserCatalog {
    private UserCatalog() {}

    /// The user's folder, where there is one, and then those that were given.
    public static List<Path> folders(Map<String, String> environment, List<Path> given) {
        List<Path> folders = new ArrayList<>();
        Path own = folder(environment);
        if (own != null && Files.isDirectory(own)) {
            folders.add(own);
        }
        folders.addAll(given);
        return List.copyOf(folders);
    }

    /// By the rule of the XDG base directories, a relative path counts as none.
    private static @Nullable Path folder(Map<String, String> environment) {
        String config = environment.getOrDefault("XDG_CONFIG_HOME", "");
        String home = environment.getOrDefault("HOME", "");
        try {
            if (!config.isEmpty() && Path.of(config).isAbsolute()) {
                return Path.of(config, "dryrun");
            }
            return home.isEmpty() ? null : Path.of(home, ".config", "dryrun");
        } catch (InvalidPathException e) {
            return null;
        }
    }
}
