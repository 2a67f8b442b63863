// SPDX-License-Identifier: Apache-2.0
/// Flows over shared resources that wait for each other: the steps of an algorithm, played one by one.
@NullMarked
package dev.dryrun.sim.flow;

import org.jspecify.annotations.NullMarked;
