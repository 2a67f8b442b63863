// SPDX-License-Identifier: Apache-2.0
/// Spans of executed instructions, for people to look at.
@NullMarked
package dev.dryrun.sim.trace;

import org.jspecify.annotations.NullMarked;
