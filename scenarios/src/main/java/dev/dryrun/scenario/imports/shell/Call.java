// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.shell;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A command that a script would start.
///
/// @param outer words of the commands around it, where it is the text of a `bash -c`
/// @param words of the command, filled in
/// @param settings variables that are set for this command alone, as `NAME=value` before it
/// @param certain whether nothing that is unknown decides over it
public record Call(List<Traced> outer, List<Traced> words, Map<String, Traced> settings, boolean certain) {
    public Call {
        outer = List.copyOf(outer);
        words = List.copyOf(words);
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }
}
