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

    /// Adds what goes from an interface of one node to one of another node, and the switches and lines it comes
    /// through.
    ///
    /// @param from interface, `node * nics + nic`
    /// @param to interface of another node, likewise
    /// @param share of the bytes that takes this way
    /// @param first resource of the network that is link 0 here
    void addWay(int from, int to, double share, int first, RouteBuilder route);

    /// Adds what goes from an interface out of this fabric at its top, or comes in there.
    void addWayOut(int port, boolean out, double share, int first, RouteBuilder route);

    /// Whether an interface of one node reaches one of another node; always where nothing is down or missing.
    default boolean reaches(int from, int to) {
        return true;
    }

    /// Part of the cables of an interface that are up, hence of its line rate; an interface has one for each plane.
    default double cablesUp(int port) {
        return 1;
    }

    /// Whether ways follow long lines.
    default boolean hasLines() {
        return false;
    }

    /// Latency of a link that is a long line, else 0.
    default double lineSeconds(int link) {
        return 0;
    }

    /// The switches at its top, where a line to elsewhere begins.
    List<Vertex> top();

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
