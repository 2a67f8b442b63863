// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

/// How the GPUs of a node are joined.
public enum DomainWiring {
    /// Every GPU has its links into switches: any subgroup keeps the full bandwidth of each member.
    SWITCHED,
    /// Every pair of GPUs has its own link: a pair has one link, however many the GPUs have.
    MESH,
    /// Eight GPUs at the corners of a cube: six links each, along the edges (some of them doubled) and along the
    /// diagonals of two faces; the other pairs have none. DGX-1.
    HYBRID_CUBE_MESH,
    /// Two processors with half of the GPUs each: every pair of a half has its own link, and the bus between the
    /// processors joins the halves. Summit.
    TWO_ISLANDS,
    /// Two dies a package: four links within it, one or two to dies of some other packages, none to the rest; up to
    /// seven a die. Frontier.
    DIE_PAIRS,
    /// A grid of two axes, four links a chip; an axis that the node has in full is closed to a ring.
    TORUS_2D,
    /// A grid of three axes, six links a chip; an axis that the node has in full is closed to a ring.
    TORUS_3D,
    /// Every GPU has one PCIe port below a switch or a processor; between two processors lies their bus.
    PCIE_TREE;

    /// Whether a cluster of such nodes can be simulated; the others are described only.
    public boolean isSimulated() {
        return switch (this) {
            case SWITCHED, MESH -> true;
            case HYBRID_CUBE_MESH, TWO_ISLANDS, DIE_PAIRS, TORUS_2D, TORUS_3D, PCIE_TREE -> false;
        };
    }

    /// Links that a GPU has to others of its node, at most; all links into switches count as one.
    int linksOfGpu(int gpus) {
        return switch (this) {
            case SWITCHED, PCIE_TREE -> 1;
            case MESH -> Math.max(1, gpus - 1);
            case HYBRID_CUBE_MESH, TORUS_3D -> 6;
            case TWO_ISLANDS -> Math.max(1, gpus / 2 - 1);
            case DIE_PAIRS -> 7;
            case TORUS_2D -> 4;
        };
    }
}
