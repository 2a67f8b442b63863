// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

/// A way in which the tokens of a sequence look at each other, or at those of another one.
public sealed interface Attention extends Sublayer permits GroupedQueryAttention, LatentAttention, CrossAttention {}
