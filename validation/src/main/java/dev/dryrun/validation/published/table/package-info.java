// SPDX-License-Identifier: Apache-2.0
/// The table of measured training runs: its columns, its rows, and the reading of CSV files with the same columns.
@NullMarked
package dev.dryrun.validation.published.table;

import org.jspecify.annotations.NullMarked;
