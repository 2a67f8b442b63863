// SPDX-License-Identifier: Apache-2.0
/// Fits of parameters to measurements, each parameter drawn to what is known of it without them.
@NullMarked
package dev.dryrun.validation.drawn;

import org.jspecify.annotations.NullMarked;
