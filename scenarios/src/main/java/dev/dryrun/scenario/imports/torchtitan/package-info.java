// SPDX-License-Identifier: Apache-2.0
/// Job files of torchtitan, `*.toml`, of 2024 to 2025.
///
/// The file names a model by name and flavor; both are looked up in a table of the flavors that torchtitan has had.
/// Options moved between sections over the years; [Names][dev.dryrun.scenario.imports.torchtitan.Names] knows where
/// each has been. Source: `config_manager.py` and `config/job_config.py` of torchtitan, read in November 2026.
@NullMarked
package dev.dryrun.scenario.imports.torchtitan;

import org.jspecify.annotations.NullMarked;
