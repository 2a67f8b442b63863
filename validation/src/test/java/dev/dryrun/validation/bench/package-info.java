// SPDX-License-Identifier: Apache-2.0
/// Benchmarks of what a simulation spends its time on.
@NullMarked
package dev.dryrun.validation.bench;

import org.jspecify.annotations.NullMarked;
