// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.launch;

import java.io.IOException;

/// Ends a process as soon as whoever started it is gone: then its standard input, on which nothing is ever said, is at
/// its end.
final class ParentWatch {
    /// How such a process ends.
    static final int ORPHANED = 70;

    private ParentWatch() {}

    static void start() {
        Thread watcher = new Thread(ParentWatch::watch, "parent-watch");
        watcher.setDaemon(true);
        watcher.start();
    }

    private static void watch() {
        boolean open = true;
        while (open) {
            try {
                open = System.in.read() >= 0;
            } catch (IOException gone) {
                open = false;
            }
        }
        Runtime.getRuntime().halt(ORPHANED);
    }
}
