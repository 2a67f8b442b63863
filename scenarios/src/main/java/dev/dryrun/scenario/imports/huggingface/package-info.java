// SPDX-License-Identifier: Apache-2.0
/// Model configurations of Hugging Face Transformers, `config.json`.
///
/// Each [Architecture][dev.dryrun.scenario.imports.huggingface.Architecture] is one value of `model_type`: which keys
/// it has, what they are by default and what they mean for the scenario's model. Defaults are those of the library's
/// configuration classes (`configuration_*.py` of Transformers 4.x and 5, read in November 2026).
@NullMarked
package dev.dryrun.scenario.imports.huggingface;

import org.jspecify.annotations.NullMarked;
