// SPDX-License-Identifier: Apache-2.0
/// The model with mechanisms switched off, each at the one place where it acts, to see what it earns.
@NullMarked
package dev.dryrun.validation.published.ablate;

import org.jspecify.annotations.NullMarked;
