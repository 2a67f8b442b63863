// SPDX-License-Identifier: Apache-2.0
/// Files of a user's catalog that calibrations write.
@NullMarked
package dev.dryrun.validation.written;

import org.jspecify.annotations.NullMarked;
