// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

/// How the parts of a block hang together.
public enum BlockForm {
    /// One after the other, each behind a norm and added to the residual stream.
    SERIAL,
    /// Side by side behind one norm, added together: x + A(n(x)) + M(n(x)). A tensor group sums both results at once,
    /// forward, and the gradients of the norm's result, backward.
    /// Source: Wang and Komatsuzaki, 2021 (GPT-J); Chowdhery et al., 2022, arXiv:2204.02311, section 2.
    PARALLEL,
    /// Side by side, each behind a norm of its own: x + A(n(x)) + M(m(x)). A tensor group sums both results at once
    /// forward, but the gradients of the two norms' results each by themselves.
    /// Source: Black et al., 2022, arXiv:2204.06745, section 2.1.
    PARALLEL_TWO_NORMS;

    /// Norms of a block of so many parts.
    int norms(int parts) {
        return switch (this) {
            case SERIAL, PARALLEL_TWO_NORMS -> parts;
            case PARALLEL -> 1;
        };
    }
}
