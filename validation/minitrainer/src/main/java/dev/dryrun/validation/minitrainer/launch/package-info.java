// SPDX-License-Identifier: Apache-2.0
/// Starts, watches and stops the processes of the ranks.
@NullMarked
package dev.dryrun.validation.minitrainer.launch;

import org.jspecify.annotations.NullMarked;
