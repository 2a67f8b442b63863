// SPDX-License-Identifier: Apache-2.0
/// Named, independent random streams.
@NullMarked
package dev.dryrun.sim.random;

import org.jspecify.annotations.NullMarked;
