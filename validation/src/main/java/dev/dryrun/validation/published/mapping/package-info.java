// SPDX-License-Identifier: Apache-2.0
/// From a row of the table to a job that can be simulated. Rules read columns, never the family or the id of a row;
/// what a rule supplies because the row is silent is listed as assumed.
@NullMarked
package dev.dryrun.validation.published.mapping;

import org.jspecify.annotations.NullMarked;
