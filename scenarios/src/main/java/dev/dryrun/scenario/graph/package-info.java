// SPDX-License-Identifier: Apache-2.0
/// Graphs of machines in the files of other programs, and the nodes of the catalog that come of them. A format is one
/// [dev.dryrun.scenario.graph.GraphFormat] with a package of its own below.
@NullMarked
package dev.dryrun.scenario.graph;

import org.jspecify.annotations.NullMarked;
