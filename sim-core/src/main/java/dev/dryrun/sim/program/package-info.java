// SPDX-License-Identifier: Apache-2.0
/// Ranks as host thread and in-order streams, steps as programs, and their execution.
@NullMarked
package dev.dryrun.sim.program;

import org.jspecify.annotations.NullMarked;
