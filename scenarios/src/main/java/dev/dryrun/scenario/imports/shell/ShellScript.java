// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.shell;

import dev.dryrun.hardware.catalog.Problems;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a bash script and follows it without running anything.
public final class ShellScript {
    private ShellScript() {}

    /// What the script would do; null where bash would refuse it, with a problem that says why.
    ///
    /// @param environment variables that are set before it starts; others are unknown
    public static @Nullable ShellResult follow(ScriptText script, Map<String, String> environment, Problems problems) {
        int carriageReturn = script.text().indexOf("\r\n");
        if (carriageReturn >= 0) {
            problems.add(
                    script.position(carriageReturn),
                    "",
                    "written with the line ends of Windows (CR LF)",
                    "bash would take each CR for a part of a word",
                    "sed -i 's/\\r$//' FILE");
            return null;
        }
        try {
            var runner = new ShellRunner(script, environment);
            runner.follow();
            return runner.result();
        } catch (ShellSyntaxException e) {
            problems.add(script.position(e.at()), "the script", e.found(), e.expected(), e.remedy());
            return null;
        }
    }
}
