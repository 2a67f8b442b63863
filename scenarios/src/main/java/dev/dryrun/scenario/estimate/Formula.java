// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.estimate;

/// The formula behind a figure of an estimate, with its symbols, and who says so. The classes of
/// `dev.dryrun.strategy.estimate` compute them.
///
/// P parameters (those that a token passes through, where FLOPs are counted), D tokens, C FLOPs.
public enum Formula {
    PARAMETERS(
            "parameters",
            "P = L (h (q + 2k) + q h + h u + F h + biases + norms) + V h, more for own head and learned positions; L"
                    + " layers, h hidden, q and k width of query and key heads, F MLP, u = F or 2F gated, V vocabulary",
            "Narayanan et al., 2021, arXiv:2104.04473, eq. 2, with groups and gates"),
    TOKENS("tokens", "D as given, or D = C / 6 P of a budget, or D = 20 P", "Hoffmann et al., 2022, arXiv:2203.15556"),
    OPTIMAL_TOKENS(
            "tokens_optimal",
            "D = 20 P trains the best model for its FLOPs",
            "Hoffmann et al., 2022, arXiv:2203.15556, table 3"),
    BUDGET(
            "flops_budget",
            "C as given, or C = tau T; tau = GPUs x model FLOP/s of one, T seconds",
            "Anthony, Biderman, Schoelkopf, Transformer Math 101, EleutherAI, 2023"),
    OPTIMAL_PARAMETERS(
            "parameters_optimal",
            "P = sqrt(C / 120), from C = 6 P D and D = 20 P",
            "Hoffmann et al., 2022, arXiv:2203.15556, table 3"),
    FLOPS_PER_TOKEN(
            "flops_per_token", "6 P: 2 P forward, 4 P backward", "Kaplan et al., 2020, arXiv:2001.08361, section 2.1"),
    EXACT_FLOPS_PER_TOKEN(
            "flops_per_token_exact",
            "3 (L (2 M + 4 q n / s) + 2 V h); M weights of a layer's matrices, q width of query heads, s tokens of a"
                + " sequence, n = s^2 pairs, or s (s + 1) / 2 with flash attention, which leaves out the masked ones",
            "Narayanan et al., 2021, arXiv:2104.04473, appendix"),
    TOTAL_FLOPS(
            "flops_total",
            "C = 6 P D",
            "Kaplan et al., 2020, arXiv:2001.08361, section 2.1; Hoffmann et al., 2022, arXiv:2203.15556, section 3"),
    EXACT_TOTAL_FLOPS("flops_total_exact", "FLOPs of a token by the model's own count x D", ""),
    RATE(
            "model_flops_per_s_per_gpu",
            "x: 6 P D over GPU-seconds; of X as executed with full recomputation x = 6/8 X, so that a training takes"
                    + " 8 P D / n X on n GPUs",
            "Narayanan et al., 2021, arXiv:2104.04473, section 5.1, eq. 4"),
    TOKEN_RATE("tokens_per_s_per_gpu", "x / 6 P", ""),
    MFU(
            "mfu",
            "x over peak; PaLM's count has 6 P + 12 L q s FLOPs a token, the full square of attention, in place of 6 P",
            "Chowdhery et al., 2022, arXiv:2204.02311, appendix B"),
    GPU_DAYS(
            "gpu_days",
            "C / 86,400 x, from C = tau T",
            "Anthony, Biderman, Schoelkopf, Transformer Math 101, EleutherAI, 2023"),
    DAYS("days", "GPU-days over GPUs, every GPU as fast as one", ""),
    GPUS("gpus", "GPU-days over days, rounded up", ""),
    COST("cost_usd", "GPU-days x 24 x price of a GPU hour", ""),
    RANK_PARAMETERS(
            "parameters_per_gpu",
            "layers of a stage over tensor ranks, with embedding or head: the fullest stage; P over ranks where only P"
                    + " is known",
            "Shoeybi et al., 2019, arXiv:1909.08053, section 3"),
    WEIGHTS(
            "weights_bytes",
            "2 bytes in 16 bits, 4 in 32; over N replicas with ZeRO-3",
            "Rajbhandari et al., 2020, arXiv:1910.02054, sections 3.1 and 5"),
    GRADIENTS(
            "gradients_bytes",
            "as weights, or 4 bytes where they are added up in fp32; over N replicas from ZeRO-2 on",
            "Rajbhandari et al., 2020, arXiv:1910.02054, sections 3.1 and 5"),
    OPTIMIZER(
            "optimizer_bytes",
            "bytes a parameter: Adam 4 + 4, 8-bit Adam 1 + 1, momentum, Lion and Muon 4, SGD 0, Adafactor (its rows"
                + " and columns left out) 0, and 4 of the fp32 copy in mixed precision (K = 12 for Adam); Adam 2 + 2"
                + " in pure bf16; over N replicas from ZeRO-1 on",
            "Rajbhandari et al., 2020, arXiv:1910.02054, sections 3.1 and 5; Transformer Math 101"),
    STATES("states_bytes", "weights + gradients + optimizer", ""),
    ACTIVATIONS(
            "activations_bytes",
            "s b h L (10 + 24/t + 5 a s / h t) kept, without the last term where attention is computed again or its"
                + " scores are never written, 2 s b h L with full recomputation, all over t with sequence parallel; b"
                + " micro-batch, a heads, t tensor ranks; gates, groups and head as in docs/models/memory.md",
            "Korthikanti et al., 2022, arXiv:2205.05198, table 2 and section 4.3"),
    TOTAL("total_bytes", "states + activations, without scratch, gaps of the allocator and context", ""),
    INFERENCE_WEIGHTS(
            "inference_weights_bytes",
            "32, 16 and 8 bits a weight; 5 in 4 bits: blocks of 32 weights and a scale of 32 bits",
            "format Q4_0 of llama.cpp, March 2023"),
    KEY_VALUES(
            "key_value_bytes_per_token",
            "2 L k b: keys and values of width k in L layers, b bytes each; times tokens, times sequences",
            "Pope et al., 2022, arXiv:2211.05102, section 3.3"),
    SENT(
            "sent_bytes_per_step",
            "2 Psi (N - 1) / N up to ZeRO-2, 3 Psi (N - 1) / N with ZeRO-3: gradients scattered and parameters gathered"
                    + " in rings of N replicas; Psi bytes of a rank's parameters; one micro-batch a step",
            "Rajbhandari et al., 2020, arXiv:1910.02054, section 7");

    private final String key;
    private final String text;
    private final String source;

    Formula(String key, String text, String source) {
        this.key = key;
        this.text = text;
        this.source = source;
    }

    /// Key of the figure in JSON.
    public String key() {
        return key;
    }

    /// The formula and its symbols.
    public String text() {
        return text;
    }

    /// Who says so; empty for plain arithmetic.
    public String source() {
        return source;
    }
}
