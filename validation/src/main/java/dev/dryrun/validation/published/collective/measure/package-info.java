// SPDX-License-Identifier: Apache-2.0
/// Predicted collectives judged: errors by system and by regime of sizes.
@NullMarked
package dev.dryrun.validation.published.collective.measure;

import org.jspecify.annotations.NullMarked;
