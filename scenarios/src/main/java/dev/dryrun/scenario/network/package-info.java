// SPDX-License-Identifier: Apache-2.0
/// Questions about the network of a cluster alone: what a collective takes, which way bytes go, what binds.
@NullMarked
package dev.dryrun.scenario.network;

import org.jspecify.annotations.NullMarked;
