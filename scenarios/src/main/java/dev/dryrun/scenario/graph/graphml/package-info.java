// SPDX-License-Identifier: Apache-2.0
/// Graphs in GraphML, this program's own and those of others.
@NullMarked
package dev.dryrun.scenario.graph.graphml;

import org.jspecify.annotations.NullMarked;
