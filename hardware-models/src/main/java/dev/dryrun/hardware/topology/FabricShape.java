// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import java.util.List;

/// How the switches between nodes are arranged. A new arrangement is a record here, its [FabricLinks], and a kind by
/// which files call it.
public sealed interface FabricShape {
    /// The links of a cluster whose fabric has this shape.
    FabricLinks links(Cluster cluster);

    /// The same with each of the links that are side by side a resource of its own, so that one can be degraded.
    default FabricLinks linksOneByOne(Cluster cluster) {
        return links(cluster);
    }

    /// How its switches choose among equally good ways.
    default Routing routing() {
        return Routing.BALANCED;
    }

    /// Of the hash where routing is by one.
    default long seed() {
        return 1;
    }

    /// Links that are listed one by one, between interfaces and leaves and spines.
    ///
    /// @param links that lines of a file name
    /// @param seed of the hash where routing is by one
    record Written(List<FabricLink> links, Routing routing, long seed) implements FabricShape {
        /// What does not fit a cluster.
        ///
        /// @param line number of the line of the file, from 0; [#EVERYWHERE] where it is what no line says
        public record Fault(int line, String sentence) {
            public static final int EVERYWHERE = -1;
        }

        public Written {
            links = List.copyOf(links);
        }

        /// What of its lines does not fit a cluster.
        public List<Fault> faults(Cluster cluster) {
            return WrittenFabric.faults(this, cluster);
        }

        @Override
        public FabricLinks links(Cluster cluster) {
            return WrittenFabric.links(this, cluster);
        }
    }

    /// No network: a node alone.
    record Alone() implements FabricShape {
        @Override
        public FabricLinks links(Cluster cluster) {
            return new NoLinks();
        }
    }

    /// Folded Clos: leaves and whatever stands above them.
    ///
    /// A leaf of p ports with oversubscription f has `p f / (1 + f)` ports down and `p / (1 + f)` up, by definition.
    /// What stands above the highest tier never binds.
    ///
    /// @param rails whether interface k of every node of a unit hangs on leaf k of that unit; else all interfaces of a
    ///     node hang on one leaf
    /// @param leafPorts ports of a leaf, each as fast as an interface
    /// @param oversubscription bandwidth down over bandwidth up of a leaf; 1 means that nothing is lost
    /// @param planes leaves over which each interface spreads, one port to each
    /// @param tiers groups of what is below them, from the leaves up
    /// @param seed of the hash where routing is by one
    record Clos(
            boolean rails,
            int leafPorts,
            double oversubscription,
            int planes,
            List<Tier> tiers,
            Routing routing,
            long seed)
            implements FabricShape {
        /// Groups above the leaves: pods of a fat tree.
        ///
        /// @param width groups of the tier below (units of leaves) in a group of this one
        /// @param oversubscription bandwidth down over bandwidth up of a group
        public record Tier(int width, double oversubscription) {
            public Tier {
                requireAtLeastOne("oversubscription", oversubscription);
                if (width < 1) {
                    throw new IllegalArgumentException("width is " + width + "; it must be at least 1");
                }
            }
        }

        public Clos {
            tiers = List.copyOf(tiers);
            if (leafPorts < 2) {
                throw new IllegalArgumentException("leafPorts is " + leafPorts + "; it must be at least 2");
            }
            if (planes < 1) {
                throw new IllegalArgumentException("planes is " + planes + "; it must be at least 1");
            }
            requireAtLeastOne("oversubscription", oversubscription);
        }

        /// Leaf and spine, traffic spread evenly.
        public static Clos leafSpine(boolean rails, int leafPorts, double oversubscription) {
            return new Clos(rails, leafPorts, oversubscription, 1, List.of(), Routing.BALANCED, 1);
        }

        /// Nodes that share a leaf, or a set of leaves, one for each rail.
        public int nodesPerLeaf(NodeType node) {
            int down = downPorts();
            return Math.max(1, rails ? down : down / Math.max(1, node.nics()));
        }

        int downPorts() {
            return (int) Math.floor(leafPorts * oversubscription / (1 + oversubscription) + 1e-9);
        }

        public Clos withOversubscription(double value) {
            return new Clos(rails, leafPorts, value, planes, tiers, routing, seed);
        }

        @Override
        public FabricLinks links(Cluster cluster) {
            return new ClosLinks(this, cluster, routing == Routing.HASH);
        }

        @Override
        public FabricLinks linksOneByOne(Cluster cluster) {
            return new ClosLinks(this, cluster, true);
        }
    }

    /// Groups of switches, all joined within a group, and groups all joined to each other.
    ///
    /// Source: Kim, Dally, Scott, Abts, 2008, doi:10.1109/ISCA.2008.19.
    ///
    /// @param nicsPerSwitch ports of a switch to interfaces
    /// @param switchesPerGroup switches of a group
    /// @param groups of the whole machine, also those that a job does not use
    /// @param globalPorts ports of a switch to other groups
    /// @param routing adaptive: what leaves a group may go by any of its global links (UGAL at its best); else only by
    ///     those that lead straight to the other group (minimal)
    record Dragonfly(int nicsPerSwitch, int switchesPerGroup, int groups, double globalPorts, Routing routing)
            implements FabricShape {
        public Dragonfly {
            if (nicsPerSwitch < 1 || switchesPerGroup < 1 || groups < 1 || !(globalPorts > 0)) {
                throw new IllegalArgumentException(
                        "a dragonfly needs interfaces on its switches, switches in its groups, groups and global ports, not %d, %d, %d, %s"
                                .formatted(nicsPerSwitch, switchesPerGroup, groups, globalPorts));
            }
        }

        public int nodesPerGroup(NodeType node) {
            return Math.max(1, nicsPerSwitch * switchesPerGroup / Math.max(1, node.nics()));
        }

        @Override
        public FabricLinks links(Cluster cluster) {
            return new DragonflyLinks(this, cluster);
        }
    }

    /// Two fabrics of one shape joined by a line.
    ///
    /// @param site shape of either
    /// @param nodesPerSite the first so many nodes are at the first site
    /// @param bytesPerSecond of the line, each way
    /// @param lineSeconds from one end to the other
    record TwoSites(FabricShape site, int nodesPerSite, double bytesPerSecond, double lineSeconds)
            implements FabricShape {
        public TwoSites {
            if (nodesPerSite < 1 || !(bytesPerSecond > 0) || !(lineSeconds >= 0)) {
                throw new IllegalArgumentException(
                        "two sites need nodes at the first and a line, not %d nodes, %s B/s and %s s"
                                .formatted(nodesPerSite, bytesPerSecond, lineSeconds));
            }
        }

        @Override
        public FabricLinks links(Cluster cluster) {
            return new TwoSitesLinks(this, cluster, false);
        }

        @Override
        public FabricLinks linksOneByOne(Cluster cluster) {
            return new TwoSitesLinks(this, cluster, true);
        }

        @Override
        public Routing routing() {
            return site.routing();
        }

        @Override
        public long seed() {
            return site.seed();
        }
    }

    private static void requireAtLeastOne(String name, double value) {
        if (!(value >= 1) || value > 1000) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be between 1 and 1000");
        }
    }
}
