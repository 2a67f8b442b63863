// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.simulate;

/// Which ranks are simulated; both give the same result.
public enum Fidelity {
    /// One of each class of ranks that behave alike.
    FOLDED,
    /// Every rank.
    FULL
}
