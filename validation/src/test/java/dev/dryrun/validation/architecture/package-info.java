// SPDX-License-Identifier: Apache-2.0
/// Rules about the code itself: which module, package and library may be known where.
@NullMarked
package dev.dryrun.validation.architecture;

import org.jspecify.annotations.NullMarked;
