// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import dev.dryrun.scenario.start.Answers;
import dev.dryrun.scenario.start.Field;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options that say what a job is. They are taken as they are written, so that the scenario's own rules judge them, and
/// all at once.
final class JobOptions {
    @Option(
            names = "--model",
            paramLabel = "NAME",
            completionCandidates = CatalogWords.Models.class,
            description = "Model of the catalog.")
    private @Nullable String model;

    @Option(
            names = "--node",
            paramLabel = "NAME",
            completionCandidates = CatalogWords.Nodes.class,
            description = "Kind of node, of the catalog.")
    private @Nullable String node;

    @Option(names = "--nodes", paramLabel = "N", description = "Number of nodes.")
    private @Nullable String nodes;

    @Option(
            names = "--fabric",
            paramLabel = "NAME",
            completionCandidates = CatalogWords.Fabrics.class,
            description = "Fabric of the catalog (default fat-tree; single-node for one node).")
    private @Nullable String fabric;

    @Option(names = "--sequence-length", paramLabel = "N", description = "Tokens of a sequence.")
    private @Nullable String sequenceLength;

    @Option(names = "--global-batch", paramLabel = "N", description = "Sequences of a step, over all replicas.")
    private @Nullable String globalBatch;

    @Option(
            names = "--precision",
            paramLabel = "FORMAT",
            completionCandidates = Words.Precisions.class,
            description = "Format of the matrix products (default bf16, fp16 where the GPU has no bf16).")
    private @Nullable String precision;

    @Option(names = "--tokens", paramLabel = "N", description = "Tokens of the whole training, such as 300e9.")
    private @Nullable String tokens;

    @Option(
            names = "--stack",
            paramLabel = "NAME",
            completionCandidates = CatalogWords.Stacks.class,
            description = "Software stack of the catalog (default te-2024).")
    private @Nullable String stack;

    @Option(
            names = "--site",
            paramLabel = "NAME",
            completionCandidates = CatalogWords.Sites.class,
            description = "Site of the catalog (default one of which nothing is known).")
    private @Nullable String site;

    @Option(names = "--name", paramLabel = "TEXT", description = "Name of the scenario (default: the file's).")
    private @Nullable String name;

    @Option(names = "--tensor", paramLabel = "N", description = "Ranks of a tensor group; chosen where absent.")
    private @Nullable String tensor;

    @Option(names = "--stages", paramLabel = "N", description = "Pipeline stages; chosen where absent.")
    private @Nullable String stages;

    @Option(names = "--micro-batch", paramLabel = "N", description = "Sequences of a pass; chosen where absent.")
    private @Nullable String microBatch;

    @Option(
            names = "--recompute",
            paramLabel = "LEVEL",
            completionCandidates = Words.Levels.class,
            description = "none, selective or full; chosen where absent.")
    private @Nullable String recompute;

    /// Puts what was given among the answers.
    void into(Answers answers) {
        for (Field field : Field.values()) {
            String written = switch (field) {
                case MODEL -> model;
                case NODE -> node;
                case NODES -> nodes;
                case FABRIC -> fabric;
                case SEQUENCE_LENGTH -> sequenceLength;
                case GLOBAL_BATCH -> globalBatch;
                case PRECISION -> precision;
                case TOKENS -> tokens;
                case STACK -> stack;
                case SITE -> site;
                case NAME -> name;
                case TENSOR -> tensor;
                case STAGES -> stages;
                case MICRO_BATCH -> microBatch;
                case RECOMPUTE -> recompute;
            };
            if (written != null) {
                answers.put(field, written);
            }
        }
    }
}
