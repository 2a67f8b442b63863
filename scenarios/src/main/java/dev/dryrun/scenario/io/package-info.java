// SPDX-License-Identifier: Apache-2.0
/// Writing of results as JSON: fixed order, shortest numbers, the same bytes for the same result.
@NullMarked
package dev.dryrun.scenario.io;

import org.jspecify.annotations.NullMarked;
