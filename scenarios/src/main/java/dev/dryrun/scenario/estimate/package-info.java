// SPDX-License-Identifier: Apache-2.0
/// Estimates on the back of an envelope: what was asked, with the gaps filled, and what follows from it.
///
/// The mathematics is in `dev.dryrun.strategy.estimate`; this package reads options, puts the figures together and
/// writes them as JSON.
@NullMarked
package dev.dryrun.scenario.estimate;

import org.jspecify.annotations.NullMarked;
