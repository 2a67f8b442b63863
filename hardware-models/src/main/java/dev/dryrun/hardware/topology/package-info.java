// SPDX-License-Identifier: Apache-2.0
/// Nodes, fabrics and the cluster they make, as numbered link resources and as a graph. All capacities are raw:
/// what a protocol gets out of a link is a matter of the collective library.
@NullMarked
package dev.dryrun.hardware.topology;

import org.jspecify.annotations.NullMarked;
