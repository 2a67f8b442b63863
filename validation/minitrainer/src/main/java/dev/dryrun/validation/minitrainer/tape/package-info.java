// SPDX-License-Identifier: Apache-2.0
/// The tape: kernels in the order in which they ran forward, each with its gradient.
@NullMarked
package dev.dryrun.validation.minitrainer.tape;

import org.jspecify.annotations.NullMarked;
