// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

/// What stands behind the last block.
public sealed interface Head extends ModelPart permits LogitHead, Pooler {}
