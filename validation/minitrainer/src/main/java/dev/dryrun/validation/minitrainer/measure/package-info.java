// SPDX-License-Identifier: Apache-2.0
/// Times of kernels, and the memory of a process.
@NullMarked
package dev.dryrun.validation.minitrainer.measure;

import org.jspecify.annotations.NullMarked;
