// SPDX-License-Identifier: Apache-2.0
/// Batches of byte tokens, of a text that a small grammar makes or of a file.
@NullMarked
package dev.dryrun.validation.minitrainer.data;

import org.jspecify.annotations.NullMarked;
