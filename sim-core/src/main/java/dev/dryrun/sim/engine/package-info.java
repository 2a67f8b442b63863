// SPDX-License-Identifier: Apache-2.0
/// The event loop and its queue on primitive arrays.
@NullMarked
package dev.dryrun.sim.engine;

import org.jspecify.annotations.NullMarked;
