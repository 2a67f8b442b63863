// SPDX-License-Identifier: Apache-2.0
/// Traces of a step for Perfetto and chrome://tracing: a process per rank, a row per stream, arrows for messages.
@NullMarked
package dev.dryrun.scenario.trace;

import org.jspecify.annotations.NullMarked;
