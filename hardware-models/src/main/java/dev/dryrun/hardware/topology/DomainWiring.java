// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

/// How the GPUs of a node are joined.
public enum DomainWiring {
    /// Every GPU has its links into switches: any subgroup keeps the full bandwidth of each member.
    SWITCHED {
        @Override
        NodeGraph graph(NodeType node) {
            return StarWiring.graph(node);
        }
    },
    /// Every pair of GPUs has its own link: a pair has one link, however many the GPUs have.
    MESH {
        @Override
        NodeGraph graph(NodeType node) {
            return MeshWiring.graph(node);
        }
    },
    /// Neither: the links are listed one by one.
    WRITTEN {
        @Override
        NodeGraph graph(NodeType node) {
            return WrittenWiring.graph(node);
        }
    },
    /// A grid of two axes, four links a chip; axes may be closed to rings.
    TORUS_2D {
        @Override
        NodeGraph graph(NodeType node) {
            return TorusWiring.graph(node);
        }
    },
    /// A grid of three axes, six links a chip; axes may be closed to rings.
    TORUS_3D {
        @Override
        NodeGraph graph(NodeType node) {
            return TorusWiring.graph(node);
        }
    };

    /// The graph inside a node that is wired so.
    abstract NodeGraph graph(NodeType node);
}
