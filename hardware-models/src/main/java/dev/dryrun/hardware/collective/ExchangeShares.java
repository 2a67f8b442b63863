// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import java.util.Arrays;

/// How uneven an all-to-all is: the bytes from rank to rank, in buffers of a rank.
///
/// @param ofBuffer by sender and receiver, what the sender has for the receiver over the mean of all ranks' buffers;
///     what a rank has for itself stays where it is
public record ExchangeShares(double[][] ofBuffer) {
    public ExchangeShares {
        for (double[] row : ofBuffer) {
            if (row.length != ofBuffer.length) {
                throw new IllegalArgumentException(
                        "a row has " + row.length + " shares; it must have one for each of the " + ofBuffer.length);
            }
            for (double share : row) {
                if (!(share >= 0) || Double.isInfinite(share)) {
                    throw new IllegalArgumentException("a share is " + share + "; it must be finite, not negative");
                }
            }
        }
    }

    /// Every rank has the same for each.
    public static ExchangeShares even(int ranks) {
        return skewed(ranks, 1);
    }

    /// The first rank is sent so many times the mean, the others share the rest: a popular expert.
    ///
    /// @param factor from 0 to the number of ranks
    public static ExchangeShares skewed(int ranks, double factor) {
        if (!(factor >= 0) || factor > ranks) {
            throw new IllegalArgumentException(
                    "the skew is " + factor + "; it must be from 0 to the " + ranks + " ranks");
        }
        double[][] shares = new double[ranks][ranks];
        for (double[] row : shares) {
            Arrays.fill(row, ranks == 1 ? 1 : (1 - factor / ranks) / (ranks - 1));
            row[0] = factor / ranks;
        }
        return new ExchangeShares(shares);
    }

    int ranks() {
        return ofBuffer.length;
    }

    double of(int from, int to) {
        return ofBuffer[from][to];
    }
}
