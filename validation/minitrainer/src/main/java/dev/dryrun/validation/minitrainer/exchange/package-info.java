// SPDX-License-Identifier: Apache-2.0
/// Exchanges timed by themselves, by kind and size.
@NullMarked
package dev.dryrun.validation.minitrainer.exchange;

import org.jspecify.annotations.NullMarked;
