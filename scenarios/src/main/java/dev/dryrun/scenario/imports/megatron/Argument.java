// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.megatron;

import dev.dryrun.scenario.imports.Effect;

/// An argument that Megatron-LM knows.
///
/// @param name `--num-layers`
/// @param values how many words follow it
/// @param effect what a scenario makes of it
/// @param neutral value at which one that is not modelled changes nothing; empty where there is none
/// @param note where it goes, or why it does not
record Argument(String name, Values values, Effect effect, String neutral, String note) {
    /// How many words follow an argument.
    enum Values {
        NONE,
        ONE,
        MANY
    }
}
