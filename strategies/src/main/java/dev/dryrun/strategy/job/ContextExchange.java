// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.job;

/// How ranks that share the tokens of a sequence (context parallelism) let each token see the others'. Each rank has a
/// piece from the front and one from the back of the sequence, so that a causal mask leaves all the same work.
public enum ContextExchange {
    /// Keys and values go round from rank to rank while attention works on those that have come; backward their
    /// gradients go round with them. Source: Liu et al., 2023, arXiv:2310.01889, section 3.
    RING,
    /// Keys and values of the whole sequence are gathered before attention, and their gradients reduced behind it.
    /// Source: Llama team, 2024, arXiv:2407.21783, section 3.3.2.
    ALL_GATHER,
    /// Ranks swap tokens for heads: each attends over the whole sequence with its share of the heads, and they swap
    /// back. Source: Jacobs et al., 2023, arXiv:2309.14509, section 3.1 (Ulysses).
    ALL_TO_ALL
}
