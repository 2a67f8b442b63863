// SPDX-License-Identifier: Apache-2.0
/// Memory of a rank by category, from closed forms and along the program.
@NullMarked
package dev.dryrun.strategy.memory;

import org.jspecify.annotations.NullMarked;
