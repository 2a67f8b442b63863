// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

/// How finely collectives are played.
public enum Grain {
    /// As a whole: one activity over all links in use.
    FLUID,
    /// Every chunk of every step is a flow over the links of its way; what is known as a whole only is played so.
    CHUNKED
}
