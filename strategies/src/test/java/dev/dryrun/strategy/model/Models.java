// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

/// Models that tests build by their dimensions.
public final class Models {
    private Models() {}

    /// GPT as Megatron trains it: biases, learned positions, tied head, dropout, MLP of width 4h.
    public static ModelArchitecture gpt(int layers, int hidden, int heads, int vocabulary, int positions) {
        return new UniformDecoder(
                        "gpt",
                        layers,
                        hidden,
                        heads,
                        heads,
                        hidden / heads,
                        4 * hidden,
                        false,
                        vocabulary,
                        128,
                        positions,
                        false,
                        true,
                        true,
                        true)
                .architecture();
    }

    /// Llama: grouped heads, gate, rotary positions, own head, no biases, no dropout.
    public static ModelArchitecture llama(
            int layers, int hidden, int heads, int keyValueHeads, int ffnHidden, int vocabulary) {
        return new UniformDecoder(
                        "llama",
                        layers,
                        hidden,
                        heads,
                        keyValueHeads,
                        hidden / heads,
                        ffnHidden,
                        true,
                        vocabulary,
                        128,
                        0,
                        true,
                        false,
                        false,
                        false)
                .architecture();
    }
}
