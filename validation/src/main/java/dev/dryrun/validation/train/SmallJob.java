// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.train;

/// A GPT small enough to be trained here, with how it is trained.
///
/// @param vocabulary at least 256, the values of a byte
/// @param microBatch sequences of a forward pass
/// @param microBatches of a replica in a step
/// @param precision `fp32` or `bf16`
/// @param recompute `none`, `selective` or `full`
/// @param fused whether attention never writes its scores
/// @param data replicas
/// @param tensor ranks that share each layer
/// @param stages of the pipeline
public record SmallJob(
        int layers,
        int hidden,
        int heads,
        int vocabulary,
        int sequence,
        int microBatch,
        int microBatches,
        String precision,
        String recompute,
        boolean fused,
        int data,
        int tensor,
        int stages) {
    /// One process, fp32, nothing computed again.
    public static SmallJob of(
            int layers, int hidden, int heads, int vocabulary, int sequence, int microBatch, int microBatches) {
        return new SmallJob(
                layers, hidden, heads, vocabulary, sequence, microBatch, microBatches, "fp32", "none", true, 1, 1, 1);
    }

    public SmallJob inPrecision(String other) {
        return with(other, recompute, fused, data, tensor, stages);
    }

    public SmallJob recomputing(String what) {
        return with(precision, what, fused, data, tensor, stages);
    }

    public SmallJob withScores() {
        return with(precision, recompute, false, data, tensor, stages);
    }

    public SmallJob over(int replicas, int tensorRanks, int pipelineStages) {
        return with(precision, recompute, fused, replicas, tensorRanks, pipelineStages);
    }

    /// The same with another share of the batch in each forward pass.
    public SmallJob inMicroBatches(int sequences, int passes) {
        return new SmallJob(
                layers,
                hidden,
                heads,
                vocabulary,
                sequence,
                sequences,
                passes,
                precision,
                recompute,
                fused,
                data,
                tensor,
                stages);
    }

    /// The same model and batch.
    private SmallJob with(
            String numbers, String again, boolean inOneKernel, int replicas, int tensorRanks, int pipelineStages) {
        return new SmallJob(
                layers,
                hidden,
                heads,
                vocabulary,
                sequence,
                microBatch,
                microBatches,
                numbers,
                again,
                inOneKernel,
                replicas,
                tensorRanks,
                pipelineStages);
    }

    /// Processes.
    public int ranks() {
        return data * tensor * stages;
    }

    public boolean bf16() {
        return precision.equals("bf16");
    }

    /// Sequences of a step.
    public int globalBatch() {
        return microBatch * microBatches * data;
    }

    /// Tokens of a forward pass.
    public int tokens() {
        return sequence * microBatch;
    }

    /// Operations of a step and rank, about: six for each weight of a matrix and token, and those of attention.
    public double flops() {
        double weights = 12.0 * layers * hidden * hidden + (double) vocabulary * hidden;
        double attention = 2.0 * layers * sequence * hidden;
        return 6 * (weights + attention) * tokens() * microBatches / tensor / stages;
    }

    /// Says all that tells jobs apart, short enough for a table.
    public String name() {
        return "L%d-h%d-a%d-v%d-s%d-b%dx%d-%s%s%s%s%s%s"
                .formatted(
                        layers,
                        hidden,
                        heads,
                        vocabulary,
                        sequence,
                        microBatch,
                        microBatches,
                        precision,
                        fused ? "" : "-scores",
                        recompute.equals("none") ? "" : "-" + recompute,
                        data == 1 ? "" : "-dp" + data,
                        tensor == 1 ? "" : "-tp" + tensor,
                        stages == 1 ? "" : "-pp" + stages);
    }

    /// The scenario.
    ///
    /// @param node of the catalog
    /// @param stack of the catalog, its variant with scores in memory where attention is not fused
    public String scenario(String node, String stack) {
        return """
            schema: dryrun/scenario/1
            name: %s
            model: {family: gpt, layers: %d, hidden: %d, heads: %d, vocabulary: %d, positions: %d, dropout: false}
            cluster: {node: %s, nodes: 1}
            training: {sequence_length: %d, global_batch: %d, precision: %s, optimizer: adamw}
            strategy: {tensor: %d, data: %d,%s micro_batch: %d, recompute: %s}
            stack: %s
            site: default
            """.formatted(
                        name(),
                        layers,
                        hidden,
                        heads,
                        vocabulary,
                        sequence,
                        node,
                        sequence,
                        globalBatch(),
                        precision,
                        tensor,
                        data,
                        stages == 1 ? "" : " pipeline: {stages: %d, schedule: 1f1b},".formatted(stages),
                        microBatch,
                        recompute,
                        fused ? stack : stack + "-materialised");
    }
}
