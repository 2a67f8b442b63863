// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Nearest;
import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.scenario.imports.NodeCount;
import dev.dryrun.scenario.imports.ScenarioDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options that say what an imported file does not, laid over what it does.
final class DraftOptions {
    private static final Position HERE = Position.onCommandLine();

    @Option(
            names = "--model",
            paramLabel = "NAME",
            completionCandidates = CatalogWords.Models.class,
            description = "A model of the catalog, in place of the file's.")
    private @Nullable String model;

    @Option(
            names = "--node",
            paramLabel = "NAME",
            completionCandidates = CatalogWords.Nodes.class,
            description = "The machine, a node of the catalog.")
    private @Nullable String node;

    @Option(names = "--nodes", paramLabel = "N", description = "Number of nodes.")
    private @Nullable Long nodes;

    @Option(names = "--gpus", paramLabel = "N", description = "Number of GPUs, where the file leaves it open.")
    private @Nullable Long gpus;

    @Option(
            names = "--fabric",
            paramLabel = "NAME",
            completionCandidates = CatalogWords.Fabrics.class,
            description = "The network between nodes.")
    private @Nullable String fabric;

    @Option(
            names = "--stack",
            paramLabel = "NAME",
            completionCandidates = CatalogWords.Stacks.class,
            description = "The software stack.")
    private @Nullable String stack;

    @Option(
            names = "--site",
            paramLabel = "NAME",
            completionCandidates = CatalogWords.Sites.class,
            description = "The site.")
    private @Nullable String site;

    @Option(
            names = "--precision",
            paramLabel = "NAME",
            completionCandidates = Words.Precisions.class,
            description = "fp32, tf32, fp16, bf16 or fp8.")
    private @Nullable String precision;

    @Option(names = "--sequence-length", paramLabel = "N", description = "Tokens of a sequence.")
    private @Nullable Long sequenceLength;

    @Option(names = "--global-batch", paramLabel = "N", description = "Sequences of a step.")
    private @Nullable Long globalBatch;

    @Option(names = "--micro-batch", paramLabel = "N", description = "Sequences that a replica takes at once.")
    private @Nullable Long microBatch;

    @Option(
            names = "--recompute",
            paramLabel = "KIND",
            completionCandidates = Words.Levels.class,
            description = "What is computed again: none, selective or full.")
    private @Nullable String recompute;

    /// The number of GPUs, where it was given or follows from the machine and the number of machines.
    OptionalLong gpus(Catalog catalog) {
        if (gpus != null) {
            return OptionalLong.of(gpus);
        }
        return node == null || nodes == null ? OptionalLong.empty() : NodeCount.gpus(catalog, node, nodes);
    }

    /// Reports names that the catalog does not have, words that are none, and numbers that cannot be.
    void check(Catalog catalog, Problems problems) {
        name(catalog, problems, "--model", "models", model);
        name(catalog, problems, "--node", "nodes", node);
        name(catalog, problems, "--fabric", "fabrics", fabric);
        name(catalog, problems, "--stack", "stacks", stack);
        name(catalog, problems, "--site", "sites", site);
        word(problems, "--precision", new Words.Precisions(), precision);
        word(problems, "--recompute", new Words.Levels(), recompute);
        positive(problems, "--nodes", nodes);
        positive(problems, "--gpus", gpus);
        positive(problems, "--sequence-length", sequenceLength);
        positive(problems, "--global-batch", globalBatch);
        positive(problems, "--micro-batch", microBatch);
    }

    private static void name(Catalog catalog, Problems problems, String option, String kind, @Nullable String written) {
        if (written != null && !catalog.names(kind).contains(written)) {
            String nearest = Nearest.quoted(written, catalog.names(kind));
            String remedy = nearest.isEmpty() ? "one of those that dryrun catalog " + kind + " lists" : nearest;
            problems.add(HERE, option, "\"" + written + "\"", "no such entry is among the " + kind, remedy);
        }
    }

    private static void word(Problems problems, String option, Words words, @Nullable String written) {
        List<String> known = new ArrayList<>();
        words.forEach(known::add);
        if (written != null && !known.contains(written)) {
            String nearest = Nearest.quoted(written, known).replace("\"", "");
            problems.add(HERE, option, "\"" + written + "\"", "must be one of " + String.join(", ", known), nearest);
        }
    }

    private static void positive(Problems problems, String option, @Nullable Long number) {
        if (number != null && number < 1) {
            problems.add(HERE, option, number.toString(), "must be at least 1", "");
        }
    }

    /// Lays what was given over a draft.
    void layOver(ScenarioDraft draft, Catalog catalog) {
        replace(draft, "model", model, "--model");
        replace(draft, "cluster.node", node, "--node");
        replace(draft, "cluster.fabric", fabric, "--fabric");
        replace(draft, "stack", stack, "--stack");
        replace(draft, "site", site, "--site");
        replace(draft, "training.precision", precision, "--precision");
        if (sequenceLength != null || globalBatch != null) {
            draft.remove("training.tokens");
        }
        replace(draft, "training.sequence_length", sequenceLength, "--sequence-length");
        replace(draft, "training.global_batch", globalBatch, "--global-batch");
        replace(draft, "strategy.micro_batch", microBatch, "--micro-batch");
        replace(draft, "strategy.recompute", recompute, "--recompute");
        if (nodes != null) {
            replace(draft, "cluster.nodes", nodes, "--nodes");
            if (gpus(catalog).isEmpty() || !draft.has("strategy.data")) {
                replace(draft, "strategy.data", "auto", "what the GPUs leave");
            }
        } else if (gpus != null && !draft.has("cluster.nodes")) {
            ScenarioDraft.Value name = draft.get("cluster.node");
            long all = gpus;
            if (name != null) {
                NodeCount.of(catalog, name.value().toString(), all)
                        .ifPresent(count -> replace(draft, "cluster.nodes", count, "--gpus " + all));
            }
        }
    }

    private static void replace(ScenarioDraft draft, String key, @Nullable Object value, String remark) {
        if (value != null) {
            draft.remove(key);
            draft.set(key, value, HERE, remark);
        }
    }
}
