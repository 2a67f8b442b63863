// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph;

import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.hardware.topology.Vertex.Kind;

/// A device of a graph that was read.
///
/// @param name in the file, for people
/// @param machine it belongs to; empty for what stands between machines
/// @param at where the file says so
public record Part(Kind kind, String name, String machine, Position at) {}
