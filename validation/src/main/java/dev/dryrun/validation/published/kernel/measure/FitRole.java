// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.kernel.measure;

import dev.dryrun.validation.published.kernel.table.MeasuredKernel;
import java.util.Set;

/// Whether a measured kernel took part in a fit of the catalog.
///
/// What is not named here is held out, users' own files too.
public enum FitRole {
    FITTED("fitted"),
    /// Three of four of the sizes in the file did.
    PARTLY("three of four fitted"),
    HELD_OUT("held out");

    private static final Set<String> WHOLE = Set.of(
            "compute_a100_meta-llama_Llama-2-7b-hf_mlp.csv",
            "compute_a100_meta-llama_Llama-2-70b-hf_mlp.csv",
            "compute_a100_microsoft_phi-2_mlp.csv",
            "compute_h100_meta-llama_Llama-2-7b-hf_mlp.csv",
            "compute_h100_meta-llama_Llama-2-70b-hf_mlp.csv",
            "compute_h100_microsoft_phi-2_mlp.csv",
            "attention-tflops.csv");
    private static final Set<String> THREE_OF_FOUR = Set.of(
            "a100_pcie.json",
            "b200_bf16_ceperm.json",
            "compute_a40_meta-llama_Llama-2-7b-hf_mlp.csv",
            "DeepBench_NV_V100_Results_FP16_ip_Mixed_math.csv");

    private final String title;

    FitRole(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    static FitRole of(MeasuredKernel kernel) {
        if (WHOLE.contains(kernel.file())) {
            return FITTED;
        }
        return THREE_OF_FOUR.contains(kernel.file()) ? PARTLY : HELD_OUT;
    }
}
