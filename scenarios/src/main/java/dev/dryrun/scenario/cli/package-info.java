// SPDX-License-Identifier: Apache-2.0
/// The command line.
@NullMarked
package dev.dryrun.scenario.cli;

import org.jspecify.annotations.NullMarked;
