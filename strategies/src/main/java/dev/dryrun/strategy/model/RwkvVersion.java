// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

/// Generation of RWKV.
public enum RwkvVersion {
    /// A state of two numbers for each channel. Source: Peng et al., 2023, arXiv:2305.13048, section 3.
    RWKV4,
    /// Eagle: a matrix for each head, a gate, a norm of heads. Source: Peng et al., 2024, arXiv:2404.05892, section 4.
    RWKV5,
    /// Finch: mixing and decay that depend on the token, through low ranks. Source: arXiv:2404.05892, section 4.
    RWKV6,
    /// Goose: the state forgets along a direction of its own. Source: Peng et al., 2025, arXiv:2503.14456, section 4.
    RWKV7;

    /// Operations for each channel and each channel of its head, forward: decay, outer product of key and value, and
    /// the product of the state with the receptance; the generation adds a bonus for the token itself, or the removal
    /// of what lies along a direction.
    ///
    ///     RWKV-5, 6    k v, u k v, + S, 2 for r, 2 for w S + k v    7
    ///     RWKV-7       2 for S a, w S, 2 for b, 2 for k v, 2 for r  9
    ///
    /// RWKV-4 has no matrix: ten for each channel (two products, a sum, and the quotient, of both its numbers).
    double stateFlops(long headDimension) {
        return switch (this) {
            case RWKV4 -> 10;
            case RWKV5, RWKV6 -> 7.0 * headDimension;
            case RWKV7 -> 9.0 * headDimension;
        };
    }

    /// Elements of the state for each channel.
    long state(long headDimension) {
        return switch (this) {
            case RWKV4 -> 2;
            case RWKV5, RWKV6, RWKV7 -> headDimension;
        };
    }

    /// Whether pieces of a sequence can be put together as matrix products, without a system of equations to solve.
    boolean hasPieces() {
        return switch (this) {
            case RWKV4, RWKV7 -> false;
            case RWKV5, RWKV6 -> true;
        };
    }
}
