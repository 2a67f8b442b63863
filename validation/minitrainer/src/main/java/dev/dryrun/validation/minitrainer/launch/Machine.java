// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/// What this machine is.
final class Machine {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
    private static final String MODEL = "model name";

    private Machine() {}

    static SortedMap<String, String> facts() {
        var facts = new TreeMap<String, String>();
        facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        try {
            Files.readAllLines(PROCESSORS).stream()
                    .filter(line -> line.startsWith(MODEL))
                    .findFirst()
                    .ifPresent(line -> facts.put(
                            "processor", line.substring(line.indexOf(':') + 1).strip()));
        } catch (IOException unreadable) {
            facts.put("processor", "unknown");
        }
        return facts;
    }
}
