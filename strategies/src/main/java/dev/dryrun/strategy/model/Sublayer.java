// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

/// A part of a block that has a norm of its own and adds to the residual stream.
public sealed interface Sublayer extends ModelPart permits Attention, FeedForward {}
