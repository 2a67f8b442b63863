// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import java.util.List;

/// The links beyond the interfaces of the nodes, and the ways over them.
///
/// Links are numbered from 0; a [Network] sets them behind its own. Where several ways are equally good, traffic
/// spreads evenly over them and links side by side may be one resource, which is exact then.
interface FabricLinks {
    /// Raw capacity of every link, bytes a second.
    double[] capacityBytesPerSecond();

    /// Adds what goes from an interface of one node to one of another.
    ///
    /// @param share of the bytes that takes this way
    /// @param first resource of the network that is link 0 here
    /// @return switches that one way comes through
    int addWay(int fromNode, int fromNic, int toNode, int toNic, double share, int first, RouteBuilder route);

    /// What a link is, for people.
    String nameOf(int link);

    /// The same as edges between interfaces, switches and whatever else there is.
    List<Edge> edges();

    /// A connection of the fabric.
    ///
    /// @param link its number; -1 for the cable of an interface, which the interface's own line rate stands for
    /// @param weight in the choice of ways
    record Edge(Vertex from, Vertex to, int link, double weight) {}
}
