// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import java.util.List;

/// The fabric of a node alone: nothing.
final class NoLinks implements FabricLinks {
    @Override
    public double[] capacityBytesPerSecond() {
        return new double[0];
    }

    @Override
    public void addWay(int from, int to, double share, int first, RouteBuilder route) {
        throw new IllegalArgumentException("interface " + from + " cannot reach " + to + ": there is no network");
    }

    @Override
    public void addWayOut(int port, boolean out, double share, int first, RouteBuilder route) {
        throw new IllegalArgumentException("interface " + port + " cannot leave: there is no network");
    }

    @Override
    public List<Vertex> top() {
        return List.of();
    }

    @Override
    public String nameOf(int link) {
        throw new IllegalArgumentException("link is " + link + "; there is none");
    }

    @Override
    public List<Edge> edges() {
        return List.of();
    }
}
