// SPDX-License-Identifier: Apache-2.0
/// Tables of measured collectives: rows, the forms in which sources publish them, and what is wrong in a file.
@NullMarked
package dev.dryrun.validation.published.collective.table;

import org.jspecify.annotations.NullMarked;
