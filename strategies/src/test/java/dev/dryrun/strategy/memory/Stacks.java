// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.memory;

/// Rules of memory that tests use.
final class Stacks {
    /// ZeRO as its paper counts it: nothing but the states.
    static final MemoryRules ZERO_PAPER = new MemoryRules(2, 0, 0, false, 4, false, 0, 1, 0);

    /// Megatron-Core with Transformer Engine: fp32 gradients, flash attention, fused loss in place, cached weight
    /// gradients, 0.09 GiB of library workspace.
    static final MemoryRules TRANSFORMER_ENGINE = new MemoryRules(4, 0, 0, true, 2, true, 0.09 * 0x1p30, 1, 0);

    /// Megatron-DeepSpeed in fp16 at Jean Zay; fragmentation and context were fitted on its runs.
    static final MemoryRules DEEPSPEED_FP16 = new MemoryRules(2, 0, 4, false, 12, false, 0, 1.17, 6.2e9);

    /// The same in bf16, where fp32 and 16-bit gradients both stay, and each 16-bit one is copied to fp32 before it is
    /// added; nothing more was fitted.
    static final MemoryRules DEEPSPEED_BF16 = new MemoryRules(4, 2, 0, false, 12, false, 0, 1.17, 6.2e9, false, 4);

    private Stacks() {}
}
