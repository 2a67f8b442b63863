// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Scenarios small enough for a test.
public final class Scenarios {
    /// Four blocks with LayerNorm, learned positions, biases, GELU and a head tied to the table.
    public static final String GPT =
            "family: gpt, layers: 4, hidden: 32, heads: 4, vocabulary: 256, positions: 16," + " dropout: false";
    /// Four blocks with RMSNorm, rotary positions, SwiGLU, grouped queries and a head of its own.
    public static final String LLAMA =
            "family: llama, layers: 4, hidden: 32, heads: 4, key_value_heads: 2, ffn_hidden: 48, vocabulary: 256";
    /// The same with four experts to a block, of which each token passes two.
    public static final String MIXTURE = LLAMA + ", experts: {count: 4, active: 2, ffn_hidden: 24}";

    private Scenarios() {}

    /// Writes one with 4 sequences of 16 tokens to a step.
    public static Path write(
            Path folder, String name, String model, String precision, String optimizer, String strategy, String stack)
            throws IOException {
        return Files.writeString(
                folder.resolve(name + ".yaml"), """
                    model: {%s}
                    cluster: {node: dgx-a100-80gb, nodes: 1}
                    training: {sequence_length: 16, global_batch: 4, precision: %s, optimizer: %s}
                    strategy: {%s}
                    stack: %s
                    """.formatted(model, precision, optimizer, strategy, stack));
    }
}
