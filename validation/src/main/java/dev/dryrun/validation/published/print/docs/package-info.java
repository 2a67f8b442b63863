// SPDX-License-Identifier: Apache-2.0
/// The scoreboard as tables of a page of documentation, put between marks that the page has for them.
@NullMarked
package dev.dryrun.validation.published.print.docs;

import org.jspecify.annotations.NullMarked;
