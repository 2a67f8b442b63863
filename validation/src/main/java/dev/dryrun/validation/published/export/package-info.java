// SPDX-License-Identifier: Apache-2.0
/// Measured rows as scenarios that any simulator can be given, with the list of what was measured.
@NullMarked
package dev.dryrun.validation.published.export;

import org.jspecify.annotations.NullMarked;
