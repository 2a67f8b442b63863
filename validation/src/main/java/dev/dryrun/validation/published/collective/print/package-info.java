// SPDX-License-Identifier: Apache-2.0
/// A scoreboard of collectives as text for people and as JSON for programs.
@NullMarked
package dev.dryrun.validation.published.collective.print;

import org.jspecify.annotations.NullMarked;
