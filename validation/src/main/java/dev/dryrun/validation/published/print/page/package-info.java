// SPDX-License-Identifier: Apache-2.0
/// The scoreboard as a page of HTML that stands alone: charts, tables, and the rows that are farthest off explained.
@NullMarked
package dev.dryrun.validation.published.print.page;

import org.jspecify.annotations.NullMarked;
