// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.estimate;

/// Keys and values that inference keeps of the tokens it has seen.
///
///     bytes per token = 2 L k b
///
/// L layers, k width of the key heads together, b bytes of an element; 2 for keys and values. Source: Pope et al.,
/// 2022, arXiv:2211.05102, section 3.3.
///
/// @param elementsPerToken over all layers
/// @param elementBytes of one of them
public record KeyValueCache(double elementsPerToken, double elementBytes) {
    public double bytesPerToken() {
        return elementsPerToken * elementBytes;
    }

    public double bytes(long sequences, long tokensOfSequence) {
        return bytesPerToken() * sequences * tokensOfSequence;
    }
}
