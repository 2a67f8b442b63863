// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComputeOptimalTest {
    /// Hoffmann et al., 2022, arXiv:2203.15556, table 3, rows of approach 1: parameters, FLOPs, tokens. Its tokens per
    /// parameter lie between 20.0 and 22.4, the rule has 20, and P goes with the root of their ratio: at most
    /// sqrt(22.4 / 20) - 1 = 5.8 % too many parameters, and as much too few tokens.
    @ParameterizedTest
    @CsvSource({
        "400e6, 1.92e19, 8.0e9",
        "1e9, 1.21e20, 20.2e9",
        "10e9, 1.23e22, 205.1e9",
        "67e9, 5.76e23, 1.5e12",
        "175e9, 3.85e24, 3.7e12",
        "1e12, 1.27e26, 21.2e12",
    })
    void theRuleFollowsTheTable(double parameters, double flops, double tokens) {
        double most = Math.sqrt(22.4 / 20) - 1;
        ComputeOptimal optimal = ComputeOptimal.forFlops(flops);
        assertEquals(1 + most / 2, optimal.parameters() / parameters, most / 2 + 0.005);
        assertEquals(1 - most / 2, optimal.tokens() / tokens, most / 2 + 0.02);
    }

    @ParameterizedTest
    @CsvSource({"1.2e20, 1e9", "5.88e23, 70e9"})
    void parametersAreTheRootOfFlopsOver120(double flops, double parameters) {
        assertEquals(parameters, ComputeOptimal.forFlops(flops).parameters(), parameters * 1e-12);
        assertEquals(20 * parameters, ComputeOptimal.forParameters(parameters).tokens(), parameters * 1e-12);
    }
}
