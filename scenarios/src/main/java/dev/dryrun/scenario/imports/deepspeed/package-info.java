// SPDX-License-Identifier: Apache-2.0
/// Configurations of DeepSpeed, `ds_config.json`.
///
/// Such a file says how a job runs and nothing of the model: batch sizes, precision, optimizer and ZeRO. What it leaves
/// to Hugging Face's trainer (`auto`) stays open in the scenario. Source: the documentation of the configuration and
/// `deepspeed/runtime/config.py` of 2020 to 2025, read in November 2026.
@NullMarked
package dev.dryrun.scenario.imports.deepspeed;

import org.jspecify.annotations.NullMarked;
