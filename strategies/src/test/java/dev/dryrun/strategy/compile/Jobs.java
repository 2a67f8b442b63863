// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.hardware.collective.CollectiveLibrary;
import dev.dryrun.hardware.topology.Cluster;
import dev.dryrun.hardware.topology.ClusterPart;
import dev.dryrun.hardware.topology.Fabric;
import dev.dryrun.hardware.topology.NodeType;
import dev.dryrun.strategy.job.Equipment;
import dev.dryrun.strategy.job.Optimizer;
import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.Site;
import dev.dryrun.strategy.job.Stack;
import dev.dryrun.strategy.job.Training;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.layout.RankGrid;
import dev.dryrun.strategy.model.ModelArchitecture;
import dev.dryrun.strategy.model.Models;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/// Jobs for tests, from the project's own catalog.
final class Jobs {
    private static final Catalog CATALOG = new Catalog(List.of());

    private Jobs() {}

    private static Entry entry(String kind, String name) {
        Problems problems = new Problems();
        Entry entry = Objects.requireNonNull(CATALOG.find(kind, name, problems), kind + "/" + name)
                .root();
        problems.throwIfAny();
        return entry;
    }

    static Stack stack(String name) {
        Entry entry = entry("stacks", name);
        Stack stack = Stack.read(entry);
        entry.problems().throwIfAny();
        return stack;
    }

    static ModelArchitecture model(String name) {
        Entry entry = entry("models", name);
        ModelArchitecture model = ModelArchitecture.read(entry);
        entry.problems().throwIfAny();
        return model;
    }

    static ModelArchitecture gpt(int layers, int hidden, int heads) {
        return gptWithVocabulary(layers, hidden, heads, 51_200);
    }

    static ModelArchitecture gptWithVocabulary(int layers, int hidden, int heads, int vocabulary) {
        return Models.gpt(layers, hidden, heads, vocabulary, 2048);
    }

    /// A job on DGX A100 nodes.
    static TrainingJob a100(
            ModelArchitecture model, long globalBatch, ParallelStrategy strategy, String stack, String site) {
        NodeType node = NodeType.read("dgx-a100-80gb", entry("nodes", "dgx-a100-80gb"));
        Fabric fabric = Fabric.read("fat-tree", entry("fabrics", "fat-tree"));
        int nodes = (int) Math.ceilDiv(strategy.ranks(), node.gpus());
        return new TrainingJob(
                "test",
                model,
                new Cluster(node, nodes, fabric),
                Accelerator.read(entry("accelerators", node.accelerator())),
                CollectiveLibrary.read("nccl", entry("libraries", "nccl")),
                new Training(2048, globalBatch, Precision.FP16, Optimizer.ADAM, OptionalDouble.empty()),
                strategy,
                stack(stack),
                Site.read(entry("sites", site)));
    }

    /// A job on parts with nodes of their own.
    ///
    /// @param nodes names of their types
    /// @param counts how many nodes of each
    static TrainingJob onParts(
            ModelArchitecture model,
            long globalBatch,
            ParallelStrategy strategy,
            String stack,
            List<String> nodes,
            List<Integer> counts) {
        List<ClusterPart> parts = new ArrayList<>();
        List<Equipment> equipment = new ArrayList<>();
        for (int part = 0; part < nodes.size(); part++) {
            NodeType node = NodeType.read(nodes.get(part), entry("nodes", nodes.get(part)));
            parts.add(new ClusterPart(node, counts.get(part)));
            equipment.add(new Equipment(
                    Accelerator.read(entry("accelerators", node.accelerator())),
                    CollectiveLibrary.read(node.library(), entry("libraries", node.library()))));
        }
        Fabric fabric = Fabric.read("fat-tree", entry("fabrics", "fat-tree"));
        return new TrainingJob(
                "test",
                model,
                new Cluster(parts, fabric, List.of()),
                equipment,
                new Training(2048, globalBatch, Precision.BF16, Optimizer.ADAM, OptionalDouble.empty()),
                strategy,
                stack(stack),
                Site.read(entry("sites", "default")));
    }

    /// The same job trained otherwise.
    static TrainingJob trained(TrainingJob job, Training training) {
        return new TrainingJob(
                job.name(),
                job.model(),
                job.cluster(),
                job.accelerator(),
                job.library(),
                training,
                job.strategy(),
                job.stack(),
                job.site());
    }

    /// The same job with sequences of another length.
    static TrainingJob ofLength(TrainingJob job, long tokens) {
        Training old = job.training();
        return trained(
                job, new Training(tokens, old.globalBatch(), old.precision(), old.optimizer(), OptionalDouble.empty()));
    }

    /// The same job on another cluster.
    static TrainingJob onCluster(TrainingJob job, Cluster cluster) {
        return new TrainingJob(
                job.name(),
                job.model(),
                cluster,
                job.accelerator(),
                job.library(),
                job.training(),
                job.strategy(),
                job.stack(),
                job.site());
    }

    /// The same job on another grid, with as many nodes as it takes.
    static TrainingJob onGrid(TrainingJob job, RankGrid grid) {
        Cluster cluster = job.cluster();
        int nodes = (int) Math.ceilDiv(grid.ranks(), cluster.node().gpus());
        return new TrainingJob(
                job.name(),
                job.model(),
                new Cluster(cluster.node(), nodes, cluster.fabric()),
                job.accelerator(),
                job.library(),
                job.training(),
                job.strategy().with(grid),
                job.stack(),
                job.site());
    }
}
