// SPDX-License-Identifier: Apache-2.0
/// A scoreboard of kernels as text for people and as JSON for programs.
@NullMarked
package dev.dryrun.validation.published.kernel.print;

import org.jspecify.annotations.NullMarked;
