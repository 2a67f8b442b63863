// SPDX-License-Identifier: Apache-2.0
/// Activities that share resources by weighted max-min fairness.
@NullMarked
package dev.dryrun.sim.sharing;

import org.jspecify.annotations.NullMarked;
