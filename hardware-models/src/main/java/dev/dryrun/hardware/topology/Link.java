// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

/// One direction of a link in the graph of a cluster.
///
/// @param resource its number in the [Network]; -1 where it can never bind and is no resource there
/// @param capacityBytesPerSecond raw
public record Link(Vertex from, Vertex to, int resource, double capacityBytesPerSecond) {}
