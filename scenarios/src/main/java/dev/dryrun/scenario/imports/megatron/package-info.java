// SPDX-License-Identifier: Apache-2.0
/// Launch scripts of Megatron-LM and its DeepSpeed variants.
///
/// [MegatronImporter][dev.dryrun.scenario.imports.megatron.MegatronImporter] follows the script, finds the command that
/// starts the training, and hands its options by topic to the classes that end in `Options`. What every option means is
/// data: `arguments.txt` beside this package's resources.
@NullMarked
package dev.dryrun.scenario.imports.megatron;

import org.jspecify.annotations.NullMarked;
