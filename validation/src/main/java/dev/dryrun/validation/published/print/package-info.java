// SPDX-License-Identifier: Apache-2.0
/// A scoreboard as text for people and as JSON for programs.
@NullMarked
package dev.dryrun.validation.published.print;

import org.jspecify.annotations.NullMarked;
