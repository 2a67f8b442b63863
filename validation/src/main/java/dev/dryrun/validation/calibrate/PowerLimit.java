// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate;

/// When a chip in a loop of equal products reaches its power limit, as the measurements themselves show.
///
/// @param burstBelowSeconds products shorter than this run at the burst clock
/// @param sustainedFromSeconds products at least this long run at the sustained clock; between the two it is on its way
/// @param lowestClock the lowest sustained clock looked for, over that of a burst
record PowerLimit(double burstBelowSeconds, double sustainedFromSeconds, double lowestClock) {
    /// A100 and H100: 1 % and less below 1.6 ms, 2.5 to 3 % from 3.2 ms on.
    static final PowerLimit LATE = new PowerLimit(1.6e-3, 3.2e-3, 0.8);

    /// B200: the best products reach 65 % of the peak up to 0.5 ms, and 51 % from 1 ms on.
    static final PowerLimit EARLY = new PowerLimit(0.4e-3, 1e-3, 0.5);
}
