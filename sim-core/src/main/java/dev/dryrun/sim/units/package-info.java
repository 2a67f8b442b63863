// SPDX-License-Identifier: Apache-2.0
/// Values with their unit in the type.
@NullMarked
package dev.dryrun.sim.units;

import org.jspecify.annotations.NullMarked;
