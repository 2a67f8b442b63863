// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.spec;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.hardware.collective.CollectiveLibrary;
import dev.dryrun.hardware.topology.Cluster;
import dev.dryrun.strategy.job.Equipment;
import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.Site;
import dev.dryrun.strategy.job.Stack;
import dev.dryrun.strategy.job.Training;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.model.ModelArchitecture;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The parts of one scenario while it is read: those that are sound, and what was filled in.
final class ScenarioParts {

    private final Catalog catalog;
    private final Entry root;
    private final String defaultName;
    private final Problems problems;
    private final Blocks blocks;
    private final List<String> assumed = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    ScenarioParts(Catalog catalog, Entry root, String defaultName) {
        this.catalog = catalog;
        this.root = root;
        this.defaultName = defaultName;
        problems = root.problems();
        blocks = new Blocks(catalog, problems);
    }

    /// @param assumedBefore what was filled in before the parts were read
    /// @param notesBefore what was noted before
    Scenario scenario(List<String> assumedBefore, List<String> notesBefore) {
        assumed.addAll(assumedBefore);
        notes.addAll(notesBefore);
        checkSchema();
        root.allow("extends", "description");
        if (root.has("import")) {
            ImportBlock.read(root.optionalChild("import"));
        }
        String name = root.text("name", defaultName);
        ModelArchitecture model = model();
        Entry clusterEntry = root.child("cluster");
        var clusterReader = new ClusterReader(blocks, clusterEntry, assumed);
        Cluster cluster = clusterReader.cluster();
        List<Accelerator> accelerators = clusterReader.accelerators(cluster);
        Entry trainingEntry = root.child("training");
        Training training = TrainingReader.read(trainingEntry);
        var strategy = new StrategyBlock(root.optionalChild("strategy"));
        Stack stack = stack();
        List<CollectiveLibrary> libraries = clusterReader.libraries(cluster);
        Site site = site();
        root.rejectUnknownKeys();
        precisionExists(accelerators, training, trainingEntry);
        var rules = new StrategyRules(strategy, model, cluster, clusterEntry, training, trainingEntry);
        int replicas = rules.check();
        new GridRules(strategy, model, training, trainingEntry).check(replicas);
        problems.throwIfAny();
        if (model == null
                || cluster == null
                || accelerators == null
                || stack == null
                || libraries == null
                || site == null) {
            throw new IllegalStateException("a part of " + name + " is missing, but no problem was told");
        }
        ParallelStrategy layout = strategy.with(replicas);
        MixedRules.check(layout, cluster, training, strategy.entry);
        problems.throwIfAny();
        noteUse(cluster, layout);
        if (strategy.bothWays) {
            notes.add(
                    "dualpipe is simulated as its two directions, each by dualpipe-v on half of the stages: they mirror"
                            + " each other and share the sum of their gradients");
        }
        noteMean(training);
        var job = new TrainingJob(
                name, model, cluster, equipment(accelerators, libraries), training, layout, stack, site);
        return new Scenario(job, assumed, notes, resolved(job), catalog.sha256());
    }

    private void checkSchema() {
        root.word("schema", List.of(ScenarioReader.SCHEMA), ScenarioReader.SCHEMA);
    }

    private <T> @Nullable T required(String key, String kind, java.util.function.BiFunction<String, Entry, T> reader) {
        if (!root.has(key)) {
            root.problem(key, "missing", "a name of the catalog or a block is needed", "");
            return null;
        }
        return blocks.read(root, key, kind, "extends", reader);
    }

    /// The model as it is simulated; null with a problem where it cannot be.
    private @Nullable ModelArchitecture model() {
        ModelArchitecture model = required("model", "models", (read, entry) -> ModelArchitecture.read(entry));
        if (model == null) {
            return null;
        }
        if (model.obstacle() != null) {
            String found = root.hasMapping("model") ? "\"" + model.name() + "\"" : root.shown("model");
            root.problem("model", found, "its " + model.obstacle(), "");
        }
        model.leftOut().forEach(part -> notes.add(model.name() + " is simulated without " + part));
        return model;
    }

    private static List<Equipment> equipment(List<Accelerator> accelerators, List<CollectiveLibrary> libraries) {
        List<Equipment> equipment = new ArrayList<>();
        for (int part = 0; part < accelerators.size(); part++) {
            equipment.add(new Equipment(accelerators.get(part), libraries.get(part)));
        }
        return equipment;
    }

    private @Nullable Stack stack() {
        if (root.has("stack")) {
            return blocks.read(root, "stack", "stacks", "extends", (name, entry) -> Stack.read(entry));
        }
        String name = "te-2024";
        assumed.add("stack: " + name + ", which nothing in the file says");
        return blocks.named(root, "stack", "stacks", name, (named, entry) -> Stack.read(entry));
    }

    private @Nullable Site site() {
        if (root.has("site")) {
            return blocks.read(root, "site", "sites", "extends", (name, entry) -> Site.read(entry));
        }
        assumed.add("site: default, which nothing in the file says");
        return blocks.named(root, "site", "sites", "default", (name, entry) -> Site.read(entry));
    }

    private static void precisionExists(@Nullable List<Accelerator> accelerators, Training training, Entry entry) {
        if (accelerators == null || !entry.isSound("precision")) {
            return;
        }
        accelerators.stream()
                .filter(accelerator -> !accelerator.supports(training.precision()))
                .findFirst()
                .ifPresent(accelerator -> lacksPrecision(accelerator, entry));
    }

    private static void lacksPrecision(Accelerator accelerator, Entry entry) {
        List<String> known = accelerator.peakFlopsPerSecond().keySet().stream()
                .sorted()
                .map(Entry::kebab)
                .toList();
        entry.problem(
                "precision",
                entry.shown("precision"),
                accelerator.name() + " multiplies no such matrices",
                "one of " + String.join(", ", known));
    }

    /// Where steps differ, what is told is their mean.
    private void noteMean(Training training) {
        if (training.localSteps().isLocal()) {
            notes.add("the step is the mean of " + training.localSteps().steps() + ", one of which is an outer one");
        }
        if (training.interludes().evaluationsPerStep() > 0) {
            notes.add("the step has its share of the evaluations: "
                    + training.interludes().evaluationSteps() + " forward batches every "
                    + training.interludes().evaluateEvery() + " steps");
        }
    }

    private void noteUse(Cluster cluster, ParallelStrategy strategy) {
        if (strategy.ranks() < cluster.gpus()) {
            notes.add("the strategy uses " + strategy.ranks() + " of the cluster's " + cluster.gpus() + " GPUs");
        }
    }

    /// The file with everything filled in; it reads as a scenario again.
    private Map<String, ?> resolved(TrainingJob job) {
        Map<String, @Nullable Object> written = root.plain();
        Map<String, @Nullable Object> resolved = new LinkedHashMap<>();
        resolved.put("schema", ScenarioReader.SCHEMA);
        resolved.put("name", job.name());
        resolved.put("model", written.get("model"));
        resolved.put("cluster", clusterPlain(job, written.get("cluster")));
        resolved.put("training", TrainingReader.plain(job.training()));
        resolved.put("strategy", StrategyBlock.plain(job.strategy()));
        resolved.put("stack", written.getOrDefault("stack", job.stack().name()));
        resolved.put("site", written.getOrDefault("site", job.site().name()));
        return resolved;
    }

    private static Map<String, @Nullable Object> clusterPlain(TrainingJob job, @Nullable Object written) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        if (written instanceof Map<?, ?> map) {
            map.forEach((key, value) -> plain.put(String.valueOf(key), value));
        }
        plain.putIfAbsent("fabric", job.cluster().fabric().name());
        return plain;
    }
}
