// SPDX-License-Identifier: Apache-2.0
/// Results as text for a person: one screen, bars, colour where the terminal has it.
@NullMarked
package dev.dryrun.scenario.report;

import org.jspecify.annotations.NullMarked;
