// SPDX-License-Identifier: Apache-2.0
/// Parallel layouts: which rank sits where, and which groups it belongs to.
@NullMarked
package dev.dryrun.strategy.layout;

import org.jspecify.annotations.NullMarked;
