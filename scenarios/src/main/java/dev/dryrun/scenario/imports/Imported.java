// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports;

import java.util.List;

/// What an importer made of a file.
///
/// @param draft of the scenario
/// @param options every option of the file, in its order
public record Imported(ScenarioDraft draft, List<OptionReport> options) {
    public Imported {
        options = List.copyOf(options);
    }
}
