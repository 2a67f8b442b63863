// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.hardware.collective.CollectiveLibrary;
import dev.dryrun.hardware.topology.Cluster;
import dev.dryrun.hardware.topology.Fabric;
import dev.dryrun.hardware.topology.NodeType;
import dev.dryrun.sim.program.StepExecutor;
import dev.dryrun.sim.program.StepOutcome;
import dev.dryrun.sim.symmetry.Fold;
import dev.dryrun.strategy.compile.Detail;
import dev.dryrun.strategy.compile.StepCompiler;
import dev.dryrun.strategy.job.Site;
import dev.dryrun.strategy.job.Stack;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.validation.published.mapping.CatalogNames;
import dev.dryrun.validation.published.mapping.JobSketch;
import dev.dryrun.validation.published.mapping.NodeNetwork;
import dev.dryrun.validation.published.mapping.RunMapping;
import dev.dryrun.validation.published.measure.Prediction;
import dev.dryrun.validation.published.measure.Predictor;
import dev.dryrun.validation.published.measure.Scoring;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// The step simulation with its catalog, as something that is judged.
final class StepSimulator implements Predictor {
    private final Catalog catalog;

    StepSimulator(Catalog catalog) {
        this.catalog = catalog;
    }

    Scoring scoring() {
        CatalogNames names = new CatalogNames(
                Set.copyOf(catalog.names("nodes")),
                Set.copyOf(catalog.names("stacks")),
                Set.copyOf(catalog.names("sites")));
        return new Scoring(new RunMapping(names), this);
    }

    @Override
    public Prediction predict(JobSketch sketch) {
        TrainingJob job;
        StepOutcome outcome;
        try {
            job = job(sketch);
            outcome = StepExecutor.execute(Fold.of(new StepCompiler(job, Detail.CHUNK).compile()));
        } catch (IllegalArgumentException e) {
            throw new Unpredictable(String.valueOf(e.getMessage()));
        }
        if (outcome.deadlock().isPresent()) {
            throw new Unpredictable("deadlock: " + outcome.deadlock().get().waits().getFirst());
        }
        return new Prediction(outcome.stepNanos() * 1e-9, 0, 0, true, List.of());
    }

    private TrainingJob job(JobSketch sketch) {
        NodeType node = withNetwork(part("nodes", sketch.node(), NodeType::read), sketch.network());
        String fabricName = sketch.nodes() == 1 ? "single-node" : sketch.fabric();
        Fabric fabric = part("fabrics", fabricName, Fabric::read);
        return new TrainingJob(
                sketch.name(),
                sketch.model(),
                new Cluster(node, sketch.nodes(), fabric),
                part("accelerators", node.accelerator(), (name, entry) -> Accelerator.read(entry)),
                part("libraries", node.library(), CollectiveLibrary::read),
                sketch.training(),
                sketch.strategy(),
                part("stacks", sketch.stack(), (name, entry) -> Stack.read(entry)),
                part("sites", sketch.site(), (name, entry) -> Site.read(entry)));
    }

    private static NodeType withNetwork(NodeType node, @Nullable NodeNetwork network) {
        if (network == null) {
            return node;
        }
        int interfaces = network.interfaces() == 0 ? node.nics() : network.interfaces();
        return node.withNics(interfaces, network.bytesPerSecond() / interfaces);
    }

    private <T> T part(String kind, String name, BiFunction<String, Entry, T> read) {
        Problems problems = new Problems();
        Document document = catalog.find(kind, name, problems);
        if (document == null) {
            throw new Unpredictable(name + " is not among the " + kind + " of the catalog");
        }
        T part = read.apply(name, document.root());
        problems.throwIfAny();
        return part;
    }
}
