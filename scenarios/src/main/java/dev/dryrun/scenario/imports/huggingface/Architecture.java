// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.huggingface;

/// A kind of model that the library knows.
///
/// @param type its `model_type`
/// @param className what its classes begin with: `Llama` of `LlamaForCausalLM`
/// @param reader makes the scenario's model of a configuration
record Architecture(String type, String className, Reader reader) {
    /// Reads the configuration of one architecture.
    @FunctionalInterface
    interface Reader {
        void read(ModelConfig config);
    }
}
