// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports;

/// What became of an option of an imported file.
public enum Effect {
    /// It is part of the scenario.
    MODELLED,
    /// It changes neither the time of a step nor its memory: paths, seeds, logging, learning rates.
    NO_EFFECT_ON_TIME,
    /// It changes time or memory, and the scenario does not say so; or nobody knows the option.
    NOT_MODELLED
}
