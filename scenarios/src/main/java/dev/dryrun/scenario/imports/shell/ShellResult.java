// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.shell;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What became of a script that was followed to its end.
///
/// @param script its text
/// @param calls commands it would start, in order
/// @param files texts that it writes into files, by the name of the file
/// @param notes what could not be followed
/// @param variables that were set at its end
public record ShellResult(
        ScriptText script,
        List<Call> calls,
        Map<String, Traced> files,
        List<Note> notes,
        Map<String, Traced> variables) {
    /// Something that could not be followed, and where.
    public record Note(int at, String text) {}

    /// The value of a variable at the end; null where it is not set.
    public @Nullable Traced variable(String name) {
        return variables.get(name);
    }
}
