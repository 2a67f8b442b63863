// SPDX-License-Identifier: Apache-2.0
/// Model architectures with their parameters, FLOPs, bytes and activations.
@NullMarked
package dev.dryrun.strategy.model;

import org.jspecify.annotations.NullMarked;
