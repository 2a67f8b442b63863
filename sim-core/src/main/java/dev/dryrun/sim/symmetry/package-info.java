// SPDX-License-Identifier: Apache-2.0
/// Classes of ranks that behave alike, and the folded step in which one of each is simulated.
@NullMarked
package dev.dryrun.sim.symmetry;

import org.jspecify.annotations.NullMarked;
