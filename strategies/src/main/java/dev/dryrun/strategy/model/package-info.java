// SPDX-License-Identifier: Apache-2.0
/// Model architectures with their parameters, FLOPs, bytes and activations.
///
/// [ModelArchitecture] is what a model is, of whatever kind, made of [ModelPart]s. What a part of a block does in
/// a pass it says in [LayerStep]s.
@NullMarked
package dev.dryrun.strategy.model;

import org.jspecify.annotations.NullMarked;
