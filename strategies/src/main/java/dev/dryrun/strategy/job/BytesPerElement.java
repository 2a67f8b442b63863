// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.job;

/// Memory traffic of a kernel that moves data and computes little, per element of the tensor it is named after.
///
/// @param forward bytes read and written in the forward pass
/// @param backward bytes read and written in the backward pass
public record BytesPerElement(double forward, double backward) {
    public BytesPerElement {
        if (!(forward >= 0) || !(backward >= 0)) {
            throw new IllegalArgumentException(
                    "bytes per element are " + forward + " and " + backward + "; they must not be negative");
        }
    }
}
