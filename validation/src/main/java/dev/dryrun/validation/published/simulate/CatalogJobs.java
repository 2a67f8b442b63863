// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.simulate;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.collective.CollectiveLibrary;
import dev.dryrun.hardware.topology.Cluster;
import dev.dryrun.hardware.topology.Fabric;
import dev.dryrun.hardware.topology.NetworkClass;
import dev.dryrun.hardware.topology.NodeType;
import dev.dryrun.strategy.job.Site;
import dev.dryrun.strategy.job.Stack;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.validation.published.mapping.CatalogModels;
import dev.dryrun.validation.published.mapping.CatalogNames;
import dev.dryrun.validation.published.mapping.JobSketch;
import dev.dryrun.validation.published.mapping.NodeNetwork;

/// Makes jobs of sketches by taking their names from the catalog.
final class CatalogJobs {
    private final CatalogShelf<NodeType> nodes;
    private final CatalogShelf<Fabric> fabrics;
    private final CatalogShelf<Accelerator> accelerators;
    private final CatalogShelf<CollectiveLibrary> libraries;
    private final CatalogShelf<Stack> stacks;
    private final CatalogShelf<Site> sites;

    private final CatalogModels models;

    CatalogJobs(Catalog catalog) {
        models = new CatalogModels(catalog);
        nodes = CatalogShelf.of(catalog, "nodes", NodeType::read);
        fabrics = CatalogShelf.of(catalog, "fabrics", Fabric::read);
        accelerators = CatalogShelf.of(catalog, "accelerators", (name, entry) -> Accelerator.read(entry));
        libraries = CatalogShelf.of(catalog, "libraries", CollectiveLibrary::read);
        stacks = CatalogShelf.of(catalog, "stacks", (name, entry) -> Stack.read(entry));
        sites = CatalogShelf.of(catalog, "sites", (name, entry) -> Site.read(entry));
    }

    private CatalogJobs(
            CatalogJobs other,
            CatalogShelf<Accelerator> accelerators,
            CatalogShelf<Stack> stacks,
            CatalogShelf<Site> sites) {
        models = other.models;
        nodes = other.nodes;
        fabrics = other.fabrics;
        libraries = other.libraries;
        this.accelerators = accelerators;
        this.stacks = stacks;
        this.sites = sites;
    }

    /// The same with other values in some entries.
    CatalogJobs with(Catalog catalog, CatalogChanges changes) {
        return new CatalogJobs(
                this,
                changes.applied(accelerators, catalog, CatalogChanges.Kind.ACCELERATORS, Accelerator::read),
                changes.applied(stacks, catalog, CatalogChanges.Kind.STACKS, Stack::read),
                changes.applied(sites, catalog, CatalogChanges.Kind.SITES, Site::read));
    }

    /// Name of the accelerator that a job runs on.
    String accelerator(JobSketch sketch) {
        return nodes.get(sketch.node()).accelerator();
    }

    /// What the network between the nodes of a job delivers where nothing is known of the site.
    NetworkClass network(JobSketch sketch) {
        return fabrics.get(sketch.fabric()).network();
    }

    /// The accelerator of a job.
    Accelerator acceleratorOf(JobSketch sketch) {
        return accelerators.get(accelerator(sketch));
    }

    CatalogModels models() {
        return models;
    }

    NodeType node(String name) {
        return nodes.get(name);
    }

    CatalogNames names() {
        return new CatalogNames(nodes.names(), stacks.names(), sites.names());
    }

    /// The job.
    ///
    /// @throws IllegalArgumentException where its parts do not go together
    TrainingJob job(JobSketch sketch) {
        NodeType node = withNetwork(nodes.get(sketch.node()).withGpus(sketch.nodeGpus()), sketch);
        return new TrainingJob(
                sketch.name(),
                sketch.model(),
                new Cluster(node, sketch.nodes(), fabrics.get(sketch.nodes() == 1 ? "single-node" : sketch.fabric())),
                accelerators.get(node.accelerator()),
                libraries.get(node.library()),
                sketch.training(),
                sketch.strategy(),
                stacks.get(sketch.stack()),
                sites.get(sketch.site()));
    }

    /// The node with the interfaces that the sketch states. Where only their sum is known, they are as fast as usual
    /// and
    /// fewer, or as many as usual and slower where that number does not spread over the GPUs.
    private static NodeType withNetwork(NodeType node, JobSketch sketch) {
        NodeNetwork network = sketch.network();
        if (network == null) {
            return node;
        }
        int count = network.interfaces();
        if (count == 0) {
            count = (int) Math.max(1, Math.round(network.bytesPerSecond() / node.nicBytesPerSecond()));
            count = node.gpus() % count == 0 ? count : node.nics();
        }
        return node.withNics(count, network.bytesPerSecond() / count);
    }
}
